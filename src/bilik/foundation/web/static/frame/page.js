/* What pages do in the browser: draw charts, keep map and table on one selection, close menus. Pages work without it. */
(function () {
  "use strict";

  const views = [];

  function unwrap(answer) {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function draw(figure) {
    const canvas = figure.querySelector(".canvas");
    try {
      const chart = await fetch(figure.dataset.chart, { credentials: "same-origin" }).then(unwrap);
      const drawn = await window.vegaEmbed(canvas, chart);
      canvas.classList.add("ready");
      const svg = canvas.querySelector("svg");
      if (svg) { svg.setAttribute("role", "img"); svg.setAttribute("aria-label", chart.description); }
      if (figure.dataset.selects) views.push(drawn.view);
      if (figure.dataset.selects) drawn.view.addEventListener("click", function (event, item) {
        const code = item && item.datum && (item.datum.code || (item.datum.properties || {}).code);
        if (code) select(code);
      });
    } catch (error) {
      canvas.classList.add("ready");
      canvas.textContent = canvas.dataset.failed;
    }
  }

  function select(code) {
    document.querySelectorAll("tr.selected").forEach(function (row) { row.classList.remove("selected"); });
    const row = document.querySelector('tr[data-code="' + CSS.escape(code) + '"]');
    const said = document.querySelector("[data-selection]");
    if (!row) return;
    row.classList.add("selected");
    views.forEach(function (view) { try { view.signal("highlight", code).run(); } catch (error) { /* this picture has no highlight */ } });
    if (!said) return;
    const link = row.querySelector("a");
    said.textContent = "";
    if (link) { const copy = document.createElement("a"); copy.href = link.href; copy.textContent = link.textContent; said.append(copy); }
    row.querySelectorAll("[data-say]").forEach(function (cell) { said.append(" · " + cell.dataset.say + " " + cell.textContent.trim()); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-chart]").forEach(draw);
    document.addEventListener("click", function (event) {
      document.querySelectorAll("details.person[open]").forEach(function (menu) { if (!menu.contains(event.target)) menu.open = false; });
      const row = event.target.closest("tr[data-code]");
      if (row && !event.target.closest("a")) select(row.dataset.code);
      if (event.target.closest("[data-print]")) window.print();
    });
    document.addEventListener("change", function (event) {
      const form = event.target.closest("form[data-auto]");
      if (form && event.target.tagName === "SELECT") form.requestSubmit();
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      const search = document.getElementById("search");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
})();
