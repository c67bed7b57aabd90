(function () {
  "use strict";
  var form = document.getElementById("filter");
  var count = document.getElementById("count");
  var told = document.getElementById("filtered");
  var fold = document.getElementById("fold");
  var every = [].slice.call(document.querySelectorAll("[data-kind]"));
  var ones = every.filter(function (node) { return node.classList.contains("one"); });
  var folds = [].slice.call(document.querySelectorAll("details.fold"));
  var groups = [].slice.call(document.querySelectorAll(".group"));
  var fields = ["kind", "section", "agency", "status"].map(function (key) {
    return { key: key, box: document.getElementById("by-" + key) };
  });
  var words = document.getElementById("by-text");
  var texts = new Map();

  function textOf(node) {
    if (!texts.has(node)) { texts.set(node, node.textContent.toLowerCase()); }
    return texts.get(node);
  }

  function itemText(node) {
    var id = node.id || (node.querySelector("a[href^='#']") || { hash: "" }).hash.slice(1);
    var one = document.getElementById(id.replace(/-src$/, ""));
    return textOf(node) + (one && one !== node ? textOf(one) : "");
  }

  function fits(node, wanted, asked) {
    var filed = node.dataset.kind === "agency"; // 报送情况只随单位筛选
    var mine = filed ? wanted.filter(function (one) { return one.key === "agency"; }) : wanted;
    return mine.every(function (one) {
      return node.dataset[one.key] === one.value ||
        (one.several && node.dataset[one.key].split(" ").indexOf(one.value) >= 0);
    }) && (filed || !asked || itemText(node).indexOf(asked) >= 0);
  }

  function apply() {
    var wanted = fields.filter(function (one) { return one.box.value; }).map(function (one) {
      return { key: one.key, value: one.box.value, several: one.key === "section" || one.key === "agency" };
    });
    var asked = words.value.trim().toLowerCase();
    every.forEach(function (node) { node.hidden = !fits(node, wanted, asked); });
    groups.forEach(function (group) {
      group.hidden = !group.querySelector("[data-kind]:not([hidden])");
    });
    var left = ones.filter(function (node) { return !node.hidden; }).length;
    var filtering = wanted.length > 0 || asked !== "";
    count.textContent = filtering ? "符合" + left + "项，共" + ones.length + "项" : "共" + ones.length + "项";
    told.hidden = !filtering;
    told.textContent = filtering ? "以下只列筛选出的事项（" + said(asked) + "），共" + left + "项；文字段落未筛选。" : "";
  }

  function said(asked) {
    var parts = fields.filter(function (one) { return one.box.value; }).map(function (one) {
      return one.box.options[one.box.selectedIndex].text;
    });
    if (asked) { parts.push("含“" + words.value.trim() + "”"); }
    return parts.join("、");
  }

  function openAll(open) {
    folds.forEach(function (one) { one.open = open; });
    fold.dataset.open = open ? "1" : "";
    fold.textContent = open ? "收起全部来源" : "展开全部来源";
  }

  function reach() {
    var node = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!node) { return; }
    if (node.closest("[hidden]")) { form.reset(); apply(); }
    if (node.tagName === "DETAILS") { node.open = true; }
    node.scrollIntoView();
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.addEventListener("reset", function () { setTimeout(apply, 0); });
  fold.addEventListener("click", function () { openAll(!fold.dataset.open); });
  window.addEventListener("hashchange", reach);
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) { reach(); }
  });
  form.hidden = false;
  openAll(false);
  apply();
  reach();
}());
