// What runs in the page of the link graph: it moves between what the page has, and tells the editor numbers. It makes no markup.

export const pageScript = `(() => {
'use strict';
const api = typeof acquireVsCodeApi === 'function' ? acquireVsCodeApi() : undefined;
const nodes = [...document.querySelectorAll('g.node')];
const links = [...document.querySelectorAll('path.link[data-from]')];
const rows = [...document.querySelectorAll('tbody tr')];
const picture = document.getElementById('picture');
const filter = document.getElementById('filter');
const said = document.getElementById('chosen');
const byId = new Map(nodes.map((node) => [node.dataset.node, node]));
const near = new Map(nodes.map((node) => [node.dataset.node, new Set()]));
for (const { dataset: { from, to } } of links) {
  near.get(from)?.add(to);
  near.get(to)?.add(from);
}
let chosen;
const middle = (node) => { const { top, height } = node.getBoundingClientRect(); return top + height / 2; };
const matches = (element) => element.textContent.toLowerCase().includes(filter.value.trim().toLowerCase());
function show() {
  const around = chosen && near.get(chosen);
  const text = filter.value.trim() !== '';
  const isNear = (id) => chosen ? id === chosen || around.has(id) : matches(byId.get(id));
  document.querySelector('svg.links').classList.toggle('choosing', text || chosen !== undefined);
  for (const node of nodes) {
    node.classList.toggle('near', isNear(node.dataset.node));
    node.classList.toggle('chosen', node.dataset.node === chosen);
  }
  for (const link of links) {
    const { from, to } = link.dataset;
    link.classList.toggle('near', chosen ? from === chosen || to === chosen : isNear(from) && isNear(to));
  }
  for (const row of rows) {
    const { node, from, to } = row.dataset;
    row.hidden = chosen ? ![node, from, to].includes(chosen) : text && !matches(row);
  }
  said.textContent = chosen ? byId.get(chosen).getAttribute('aria-label') + '. Escape shows all again.' : '';
  keep();
}
function keep() {
  api?.setState({ chosen, filter: filter.value, left: picture.scrollLeft, top: picture.scrollTop });
}
function choose(id) {
  chosen = id;
  show();
}
function focus(node) {
  if (!node) return;
  for (const one of nodes) one.tabIndex = one === node ? 0 : -1;
  node.focus();
}
function open(node) {
  const place = rows.find((row) => row.dataset.node === node.dataset.node)?.querySelector('td:last-child [data-place]');
  if (place) tell(place);
}
function tell(element) {
  api?.postMessage({ open: Number(element.dataset.place) });
}
function nearest(node, candidates) {
  const at = middle(node);
  return candidates.reduce((best, one) => best && Math.abs(middle(best) - at) <= Math.abs(middle(one) - at) ? best : one, undefined);
}
function beside(node, step) {
  const own = Number(node.dataset.column);
  const there = nodes.filter((one) => Math.sign(Number(one.dataset.column) - own) === step);
  const tied = there.filter((one) => near.get(node.dataset.node).has(one.dataset.node));
  const some = tied.length > 0 ? tied : there;
  const column = some.map((one) => Number(one.dataset.column)).reduce((a, b) => Math.abs(a - own) <= Math.abs(b - own) ? a : b, Infinity * step);
  return nearest(node, some.filter((one) => Number(one.dataset.column) === column));
}
function within(node, step) {
  const column = nodes.filter((one) => one.dataset.column === node.dataset.column).sort((a, b) => middle(a) - middle(b));
  return column[column.indexOf(node) + step];
}
picture.addEventListener('click', ({ target }) => {
  const node = target.closest('g.node');
  if (!node) return choose(undefined);
  focus(node);
  choose(node.dataset.node);
  open(node);
});
picture.addEventListener('keydown', (event) => {
  const node = event.target.closest('g.node');
  if (!node) return;
  const moves = { ArrowUp: () => within(node, -1), ArrowDown: () => within(node, 1), ArrowLeft: () => beside(node, -1), ArrowRight: () => beside(node, 1) };
  const move = moves[event.key];
  if (move) focus(move());
  else if (event.key === 'Enter' || event.key === ' ') { choose(node.dataset.node); open(node); }
  else return;
  event.preventDefault();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  filter.value = '';
  choose(undefined);
});
document.addEventListener('click', ({ target }) => {
  const place = target.closest('[data-place]');
  if (place) tell(place);
});
filter.addEventListener('input', () => choose(undefined));
let timer;
picture.addEventListener('scroll', () => { clearTimeout(timer); timer = setTimeout(keep, 200); });
const before = api?.getState();
const first = nodes.find((node) => near.get(node.dataset.node).size > 0) ?? nodes[0];
if (first) first.tabIndex = 0;
if (before) {
  filter.value = String(before.filter ?? '');
  chosen = byId.has(before.chosen) ? before.chosen : undefined;
  show();
  picture.scrollTo(Number(before.left) || 0, Number(before.top) || 0);
} else picture.scrollTop = first ? middle(first) - middle(picture) : 0;
})();`;
