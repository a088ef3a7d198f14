// Entry of the link graph and its pictures, which the servers load when somebody asks for them.
export { linkGraphOf, linksJson } from './analysis/features/link-graph.js';
export { linksDot } from './analysis/features/link-dot.js';
export { linksPage } from './analysis/features/link-page.js';
export { linksSvg } from './analysis/features/link-svg.js';
