/* Sorts and filters the table of students; builds rows from data where there are too many to be static. */
(() => {
  const $ = (s, r = document) => r.querySelector(s);
  const body = $("#rows"), query = $("#q"), said = $("#said"), pager = $(".pager");
  const size = 100, order = new Intl.Collator("en", { numeric: true }).compare;
  const heads = [...$(".students thead tr").cells];
  const json = $("#data"), data = json && JSON.parse(json.textContent), model = body.rows[0].cloneNode(true);
  const causes = r => r[3].map(i => data.causes[i]).join("; ");
  const marks = r => [...r[2]].map(c => data.marks[c.charCodeAt() - 65]);
  const items = data
    ? data.rows.map(r => ({ keys: [r[0], r[1], ...marks(r).map(m => m ? m[1] : 0), causes(r)], text: (r[0] + " " + causes(r)).toLowerCase(), r }))
    : [...body.rows].map(tr => {
        const text = [...tr.cells].map(c => c.textContent.trim()), last = text.length - 1;
        const keys = text.map((t, i) => i && i < last ? +t.replace(/^\D*/, "").replace(",", "") : t);
        return { keys, text: (text[0] + " " + text[last]).toLowerCase(), tr };
      });
  const build = r => {
    const tr = model.cloneNode(true), cells = [...tr.cells], a = $("a", tr);
    a.textContent = r[0];
    a.href = r[4] || "instructor/" + r[0] + ".html";
    cells[1].textContent = r[1];
    marks(r).forEach((m, i) => {
      const td = cells[i + 2];
      if (!m) { td.textContent = "–"; return; }
      const s = data.statuses[m[0]];
      const make = n => document.createElementNS("http://www.w3.org/2000/svg", n), svg = make("svg");
      svg.setAttribute("class", "i " + s[0]);
      svg.setAttribute("aria-hidden", "true");
      svg.append(make("use"));
      svg.firstChild.setAttribute("href", "#i-" + s[0]);
      const word = document.createElement("span");
      word.className = "v";
      word.textContent = s[1];
      td.replaceChildren(svg, word, " " + m[1]);
    });
    cells.at(-1).textContent = causes(r);
    return tr;
  };
  let column = 0, sign = 1, page = 0;
  const show = () => {
    const words = query.value.toLowerCase(), found = items.filter(i => i.text.includes(words));
    found.sort((a, b) => {
      const x = a.keys[column], y = b.keys[column];
      return sign * (typeof x === "number" ? x - y : order(x, y)) || order(a.keys[0], b.keys[0]);
    });
    const length = data ? size : found.length, from = page * length;
    body.replaceChildren(...found.slice(from, from + length).map(i => i.tr || build(i.r)));
    const to = Math.min(from + length, found.length);
    said.textContent = `${found.length} of ${items.length} student${items.length > 1 ? "s" : ""}` +
      (to - from < found.length ? `, ${from + 1} to ${to} shown` : "");
    pager.hidden = !data || found.length <= size;
    $("#back").disabled = !page;
    $("#on").disabled = to >= found.length;
    heads.forEach((th, i) => i === column
      ? th.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending") : th.removeAttribute("aria-sort"));
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
