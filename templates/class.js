/* Sorts and filters the table of students; builds rows from data where there are too many to be static. */
(() => {
  const $ = (s, r = document) => r.querySelector(s);
  const body = $("#rows"), query = $("#q"), said = $("#said"), pager = $(".pager");
  const size = 100, order = new Intl.Collator("en", { numeric: true }).compare;
  const heads = [...$(".students thead tr").cells];
  const json = $("#data"), data = json && JSON.parse(json.textContent), model = body.rows[0].cloneNode(true), icon = $(".legend svg");
  const causes = r => r[3].map(i => data.causes[i]);
  const span = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent });
  const marks = r => [...r[2]].map(c => data.marks[c.charCodeAt() - 65]);
  const items = data
    ? data.rows.map(r => ({ r, keys: [r[0], r[1], causes(r) + "", ...marks(r).map(m => m ? m[1] : 0)] }))
    : [...body.rows].map(tr => ({ tr, keys: [...tr.cells].map((c, i) => {
        const t = c.textContent.trim();
        return i && i - 2 ? parseFloat(t.replace(/^\D*/, "")) || 0 : t;
      }) }));
  items.forEach(i => i.text = `${i.keys[0]} ${i.keys[2]}`.toLowerCase());
  const build = r => {
    const tr = model.cloneNode(true), cells = [...tr.cells], a = $("a", tr);
    a.textContent = r[0];
    a.href = r[5] || `instructor/${r[0]}.html`;
    cells[1].textContent = r[1];
    data.flags.forEach((flag, i) => r[4] >> i & 1 && cells[1].append(" ", span("tag", flag)));
    const more = causes(r), few = more.splice(0, 2);
    cells[2].textContent = few.join("; ");
    if (more[0]) cells[2].append(`; ${more.length} more`, span("v", "; " + more.join("; ")));
    marks(r).forEach((m, i) => {
      const td = cells[i + 3];
      td.textContent = "–";
      if (!m) return;
      const s = data.statuses[m[0]], svg = icon.cloneNode(true);
      svg.setAttribute("class", "i " + s[0]);
      svg.firstChild.setAttribute("href", "#i-" + s[0]);
      td.replaceChildren(svg, span("v", s[1]), " " + m[1]);
    });
    return tr;
  };
  let column = 0, sign = 1, page = 0;
  const show = () => {
    const words = query.value.toLowerCase(), found = items.filter(i => i.text.includes(words));
    found.sort((a, b) => {
      const x = a.keys[column], y = b.keys[column];
      return sign * (x - y || order(x, y)) || order(a.keys[0], b.keys[0]);
    });
    const length = data ? size : found.length, from = page * length;
    body.replaceChildren(...found.slice(from, from + length).map(i => i.tr || build(i.r)));
    const to = Math.min(from + length, found.length);
    said.textContent = `${found.length} of ${items.length} student${items.length > 1 ? "s" : ""}` +
      (to - from < found.length ? `, ${from + 1} to ${to} shown` : "");
    pager.hidden = !data || found.length <= size;
    $("#back").disabled = !page;
    $("#on").disabled = to >= found.length;
    heads.forEach((th, i) => th.ariaSort = i - column ? null : sign > 0 ? "ascending" : "descending");
  };
  heads.forEach((th, i) => {
    const button = document.createElement("button");
    button.append(...th.childNodes);
    button.onclick = () => { sign = i === column ? -sign : 1; column = i; page = 0; show(); };
    th.append(button);
  });
  query.oninput = () => { page = 0; show(); };
  $("#back").onclick = () => { page--; show(); };
  $("#on").onclick = () => { page++; show(); };
  $(".filter").hidden = false;
  show();
})();
