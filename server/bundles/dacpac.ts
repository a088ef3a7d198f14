// Entry of what reads packages, which the command line loads when it is given one.
export { readDacpac } from '../analysis/packages/dacpac.js';
