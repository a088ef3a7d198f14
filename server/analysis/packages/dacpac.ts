// A data-tier application package: a ZIP archive with a model of the database in XML, and scripts that run before and after it.
// Sources: [MS-DACPAC] for the archive; six packages built by SQL Server Data Tools and SqlPackage for the model; read 2026-11-25.
import { strFromU8 } from 'fflate/browser';
import { modelScript } from './dacpac-model.js';
import { partsOfZip } from './zip.js';

/** A script that deploying the package comes to. */
export interface PackagedScript {
  /** Of the part it is from, with the ending `.sql`. */
  readonly name: string;
  readonly text: string;
}

export interface Dacpac {
  /** In the order in which they run. */
  readonly scripts: readonly PackagedScript[];
  readonly errors: readonly string[];
}

const before = 'predeploy.sql';
const model = 'model.xml';
const after = 'postdeploy.sql';

/** In bytes, unpacked: a part that is larger is left out. */
const largest = 64 << 20;

/** Never throws. */
export function readDacpac(bytes: Uint8Array): Dacpac {
  const { parts, errors: unread } = partsOfZip(bytes, [before, model, after], largest);
  const errors = [...unread];
  const scripts: PackagedScript[] = [];
  for (const name of [before, model, after]) {
    const part = parts.get(name);
    if (!part) continue;
    const text = textOf(part);
    if (name !== model) scripts.push({ name, text });
    else {
      const { script, errors: faults } = modelScript(text);
      errors.push(...faults);
      scripts.push({ name: 'model.sql', text: script });
    }
  }
  if (!parts.has(model) && errors.length === 0) errors.push('it holds no model.xml');
  return { scripts, errors };
}

/** Scripts may be UTF-16, as editors on Windows save them. */
function textOf(part: Uint8Array): string {
  if (part[0] !== 0xff || part[1] !== 0xfe) return strFromU8(part).replace(/^\ufeff/, '');
  const pieces: string[] = [];
  for (let at = 2; at + 1 < part.length; at += 2)
    pieces.push(String.fromCharCode((part[at] ?? 0) | ((part[at + 1] ?? 0) << 8)));
  return pieces.join('');
}
