// The permission set an assembly needs, in its document: each reason with the way to it, which leads to the code.
import type { AssemblyCode, TypeDef } from '../code/model.js';
import { abridged, checkedAtText, ilLabel, pathOf, whyText, type PathMember } from '../project/proof.js';
import type { Reason, Requirements } from '../project/requirements.js';
import { shownLine, shownName } from '../text/shown.js';
import type { DocumentOutput } from './document-output.js';

const most = 100;
const longestPath = 12;

export function writeNeeds(out: DocumentOutput, code: AssemblyCode, requirements: Requirements): void {
  const { permissionSet, reasons, assumptions } = requirements;
  out.line(`// ${'Needs'.padEnd(14)} ${permissionSet}`);
  const writer = new ReasonWriter(out, code);
  out.section('What needs a permission set', reasons, (reason) => writer.write(reason), most);
  out.section('What is not known', assumptions, ({ text }) => out.write(`// ${shownLine(text)}`), most);
}

class ReasonWriter {
  readonly #out: DocumentOutput;
  readonly #code: AssemblyCode;
  #members: ReadonlyMap<number, object> | undefined;

  constructor(out: DocumentOutput, code: AssemblyCode) {
    this.#out = out;
    this.#code = code;
  }

  write(reason: Reason): void {
    const { permissionSet, use, place, checkedAt, member } = reason;
    const out = this.#out;
    out.write(`${permissionSet} `);
    for (const step of abridged<PathMember | undefined>(pathOf(reason), longestPath, undefined)) {
      if (step) out.link(shownMember(step.name), step.method);
      else out.write('...');
      out.write(' -> ');
    }
    const own = use || place.kind !== 'image' ? undefined : this.#memberOf(place.token);
    const shown = shownMember(use ? memberOf(member) : member);
    if (own) out.link(shown, own);
    else out.write(shown);
    const at = place.kind === 'image' && place.ilOffset !== undefined ? `${ilLabel(place.ilOffset)}: ` : '';
    out.write(`  // ${at}${shownLine(whyText(reason.why))}, ${checkedAtText[checkedAt]}`);
  }

  #memberOf(token: number): object | undefined {
    this.#members ??= new Map(this.#code.types.flatMap(membersByToken));
    return this.#members.get(token);
  }
}

function membersByToken(type: TypeDef): readonly (readonly [number, object])[] {
  return [type, ...type.fields, ...type.methods].flatMap((member) =>
    member.place.kind === 'image' ? [[member.place.token, member] as const] : [],
  );
}

/** `Namespace.Type::Member`, each part by itself beyond doubt. */
function shownMember(name: string): string {
  return name.split('::').map(shownName).join('::');
}

function memberOf(text: string): string {
  return text.replace(/\(.*$/s, '');
}
