// The assembly of docs/sample, as bytes: small, real, and compiled from sources that stand beside it.
import { readFileSync } from 'node:fs';
import { constantOf } from '../../server/analysis/tsql/constants.js';
import { statementsOf } from '../../server/analysis/tsql/nodes.js';
import { parseScript } from '../../server/analysis/tsql/parser.js';
import { nodePlatform } from '../../server/platform/node.js';

export function sampleAssembly(): Uint8Array {
  const script = parseScript(readFileSync('docs/sample/02-assembly.sql', 'utf8'));
  for (const { from } of statementsOf(script, 'createAssembly')) {
    const [root] = from;
    const constant = root && constantOf(script, root);
    if (constant?.kind !== 'binary') continue;
    return nodePlatform.bytesOfHex(constant.pieces.map((piece) => piece.raw.replace(/[^0-9A-Fa-f]/g, '')).join(''));
  }
  throw new Error('docs/sample/02-assembly.sql embeds no assembly');
}
