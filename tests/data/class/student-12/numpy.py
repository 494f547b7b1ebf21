raise SystemExit('this file hides the real numpy')
