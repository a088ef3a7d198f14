// Entry of what reads project files, which the hosts load when there is one, or C# that one could compile.
export { isBetweenTags, startOfRoot } from '../analysis/features/between-tags.js';
export { BuildFiles } from '../analysis/packages/build-files.js';
export { assembliesOf } from '../analysis/packages/membership.js';
