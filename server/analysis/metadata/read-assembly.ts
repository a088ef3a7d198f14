// Bytes in, an assembly out. Nothing is thrown at the caller: what the bytes are not is told in `errors`.
import { withGraph } from '../code/graph.js';
import type { TypeDef } from '../code/model.js';
import type { Platform } from '../platform.js';
import type { AssemblyImage, ReadImage } from './assembly.js';
import { Budget } from './budget.js';
import { BadImage, Bytes } from './bytes.js';
import { disassemble, type NamedOperand } from './disassemble.js';
import { lowerBody } from './lower-body.js';
import { lowerTypes, type Lowered } from './lower.js';
import { issueOf, ManifestReading } from './manifest.js';
import type { Members } from './members.js';
import { readPe, type PeImage } from './pe.js';
import { Table } from './schema.js';
import { readMetadata, rowCountsOf, type Metadata } from './tables.js';

export function readAssembly(bytes: Uint8Array, platform: Platform): ReadImage {
  try {
    const pe = readPe(new Bytes(bytes));
    const metadata = readMetadata(pe.metadata);
    if (metadata.table(Table.Assembly).count === 0) {
      return { errors: [{ kind: 'no-assembly', message: 'The image is a module without an assembly manifest' }] };
    }
    const manifest = new ManifestReading(pe, metadata, platform);
    const image = imageOf(bytes.length, pe, metadata, manifest);
    const errors = [...manifest.errors];
    if (!pe.flags.ilOnly)
      errors.push({ kind: 'mixed-mode', message: 'The image is not marked IL only: it has native code in it' });
    if (pe.flags.nativeEntryPoint)
      errors.push({ kind: 'native-entry-point', message: 'The image has a native entry point' });
    return { image, errors };
  } catch (error) {
    if (!(error instanceof BadImage)) throw error;
    return { errors: [issueOf(error)] };
  }
}

/** Bodies do not overlap: whoever reads more than twice the image reads the same code for many methods. */
const codeUnitsPerByte = 2;
const smallestCodeBudget = 1_000_000;

function imageOf(byteLength: number, pe: PeImage, metadata: Metadata, manifest: ManifestReading): AssemblyImage {
  const budget = new Budget(smallestCodeBudget + codeUnitsPerByte * byteLength);
  let members: Members | undefined;
  const lowered = lowerTypes(metadata, pe, (given) => {
    members = given;
    return ({ rva, owner: { method } }) => {
      const body = given.bodyAt(rva);
      return body && lowerBody(body, given, method.isStatic, method.returns, budget);
    };
  });
  const references = manifest.references();
  return {
    byteLength,
    runtime: metadata.version,
    flags: pe.flags,
    module: manifest.module(),
    isExecutable: pe.isExecutable,
    tables: rowCountsOf(metadata),
    files: manifest.files(),
    signatureBytes: manifest.signatureBytes(),
    authenticode: pe.authenticode?.bytes,
    code: withGraph({
      origin: 'image',
      identity: manifest.identity(),
      references: () => references,
      attributes: lowered.assemblyAttributes,
      moduleAttributes: lowered.moduleAttributes,
      security: lowered.assemblySecurity,
      types: lowered.types,
      strongName: manifest.strongName(),
    }),
    disassemble: disassemblerOf(metadata, members, lowered),
  };
}

function disassemblerOf(
  metadata: Metadata,
  members: Members | undefined,
  { types }: Lowered,
): AssemblyImage['disassemble'] {
  let byName: ReadonlyMap<string, TypeDef> | undefined;
  const typeNamed = (name: string): TypeDef | undefined => {
    byName ??= new Map(types.map((type) => [type.name, type]));
    return byName.get(name);
  };
  const addresses = metadata.table(Table.MethodDef).column('rva');
  const names = members && { members, typeNamed, known: new Map<number, NamedOperand>() };
  return (method) => {
    const row = method.place.kind === 'image' ? method.place.token & 0xffffff : 0;
    const hasIl = row >= 1 && row <= addresses.count && method.implementation !== 'native';
    const body = hasIl ? names?.members.bodyAt(addresses.at(row)) : undefined;
    return names && body && disassemble(body, method, names);
  };
}
