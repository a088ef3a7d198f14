// Bytes in, an assembly out. Nothing is thrown at the caller: what the bytes are not is told in `errors`.
import { withGraph } from '../code/graph.js';
import type { AssemblyCode, AssemblyIdentity, StrongName, TypeDef } from '../code/model.js';
import type { Platform } from '../platform.js';
import type { AssemblyImage, ImageIssue, ReadImage } from './assembly.js';
import { BadImage, Bytes } from './bytes.js';
import { disassemble, type NamedOperand } from './disassemble.js';
import { lowerBody } from './lower-body.js';
import { lowerTypes, type Lowered } from './lower.js';
import type { Members } from './members.js';
import { readPe, type PeImage } from './pe.js';
import { Table } from './schema.js';
import { readMetadata, rowCountsOf, type Metadata } from './tables.js';

export function readAssembly(bytes: Uint8Array, platform: Platform): ReadImage {
  const errors: ImageIssue[] = [];
  try {
    const pe = readPe(new Bytes(bytes));
    const metadata = readMetadata(pe.metadata);
    if (metadata.table(Table.Assembly).count === 0) {
      return { errors: [{ kind: 'no-assembly', message: 'The image is a module without an assembly manifest' }] };
    }
    const image = imageOf(bytes, pe, metadata, platform);
    if (!pe.flags.ilOnly)
      errors.push({ kind: 'mixed-mode', message: 'The image is not marked IL only: it has native code in it' });
    if (pe.flags.nativeEntryPoint)
      errors.push({ kind: 'native-entry-point', message: 'The image has a native entry point' });
    return { image, errors };
  } catch (error) {
    if (!(error instanceof BadImage)) throw error;
    const { kind, message, offset } = error;
    return { errors: [{ kind, message, ...(offset !== undefined && { offset }) }] };
  }
}

function imageOf(bytes: Uint8Array, pe: PeImage, metadata: Metadata, platform: Platform): AssemblyImage {
  let members: Members | undefined;
  const lowered = lowerTypes(metadata, pe, (given) => {
    members = given;
    return ({ rva, owner: { method } }) => {
      const body = given.bodyAt(rva);
      return body && lowerBody(body, given, method.isStatic, method.returns);
    };
  });
  const module = metadata.table(Table.Module);
  const files = metadata.table(Table.File);
  return {
    byteLength: bytes.length,
    runtime: metadata.version,
    flags: pe.flags,
    module: { name: metadata.string(module.column('name').at(1)), mvid: metadata.guid(module.column('mvid').at(1)) },
    isExecutable: pe.isExecutable,
    tables: rowCountsOf(metadata),
    files: Array.from({ length: files.count }, (_, index) => index + 1)
      // ECMA-335 II.23.1.6: 1 marks a file without metadata, a resource.
      .filter((row) => (files.column('flags').at(row) & 1) === 0)
      .map((row) => metadata.string(files.column('name').at(row))),
    hasAuthenticodeSignature: pe.hasAuthenticodeSignature,
    code: codeOf(pe, metadata, lowered, platform),
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

function codeOf(pe: PeImage, metadata: Metadata, lowered: Lowered, platform: Platform): AssemblyImage['code'] {
  const assembly = metadata.table(Table.Assembly);
  const references = metadata.table(Table.AssemblyRef);
  const publicKey = metadata.blob(assembly.column('publicKey').at(1));
  const code: Omit<AssemblyCode, 'graph'> = {
    origin: 'image',
    identity: {
      name: metadata.string(assembly.column('name').at(1)),
      version: ['major', 'minor', 'build', 'revision'].map((part) => assembly.column(part).at(1)).join('.'),
      culture: metadata.string(assembly.column('culture').at(1)),
      ...(publicKey.length > 0 && { publicKeyToken: tokenOf(publicKey, platform) }),
    },
    references: Array.from({ length: references.count }, (_, index): AssemblyIdentity => {
      const row = index + 1;
      const key = metadata.blob(references.column('publicKeyOrToken').at(row));
      // ECMA-335 II.23.1.2: 1 marks a full public key.
      const isKey = (references.column('flags').at(row) & 1) !== 0;
      return {
        name: metadata.string(references.column('name').at(row)),
        version: ['major', 'minor', 'build', 'revision'].map((part) => references.column(part).at(row)).join('.'),
        culture: metadata.string(references.column('culture').at(row)),
        ...(key.length > 0 && { publicKeyToken: isKey ? tokenOf(key, platform) : hexOf(key.bytes) }),
      };
    }),
    attributes: lowered.assemblyAttributes,
    moduleAttributes: lowered.moduleAttributes,
    security: lowered.assemblySecurity,
    types: lowered.types,
    strongName: strongNameOf(pe, publicKey.length > 0),
  };
  return withGraph(code);
}

/** The last eight bytes of the key's SHA-1, backwards (ECMA-335 II.6.3). */
function tokenOf(publicKey: Bytes, platform: Platform): string {
  return hexOf(platform.sha1(publicKey.bytes).slice(-8).reverse());
}

function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

function strongNameOf(pe: PeImage, hasKey: boolean): StrongName {
  if (!hasKey) return 'unsigned';
  const signature = pe.strongNameSignature;
  const isZero = !signature || signature.bytes.every((byte) => byte === 0);
  if (!isZero) return 'signed';
  return pe.flags.strongNameSigned ? 'public-signed' : 'delay-signed';
}
