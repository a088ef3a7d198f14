// Readers of XML that were set up to fetch what a document names. What they do unasked differs between versions of the framework:
// only what the code says counts.
// Sources: .NET Framework 4.8 API reference (XmlResolver, XmlReaderSettings.DtdProcessing, XsltSettings); OWASP "XML External Entity
// Prevention" cheat sheet; read 2026-11.
import type { Call } from '../code/body.js';
import type { CallIn } from '../code/taint-policy.js';
import { stepBehind, type Step, type ValueFlow } from '../code/value-flow.js';

/** Whether the reader at a call is given a resolver, and is not told to refuse DTDs; of XSLT, whether scripts may run. */
export function resolvesEntities({ flow, step, call }: CallIn): boolean {
  const { type, name } = call.method;
  if (type.kind !== 'named') return false;
  switch (type.name) {
    case 'System.Xml.XmlDocument':
      return hasResolver(flow, step.reads[0]);
    case 'System.Xml.XmlTextReader':
      return hasResolver(flow, step.gives) && !sets(flow, step.gives, 'set_DtdProcessing', isZero);
    case 'System.Xml.XmlReader':
      return (
        hasResolver(flow, step.reads[1]) &&
        sets(flow, step.reads[1], 'set_DtdProcessing', (_, given) => given === parse)
      );
    default:
      return name === 'Load' && isTrusted(flow, step.reads[2]);
  }
}

/** DtdProcessing.Parse; Prohibit is 0. */
const parse = 2;
const isZero = (_: Call | undefined, given: unknown): boolean => given === 0;

function hasResolver(flow: ValueFlow, reader: number | undefined): boolean {
  return sets(
    flow,
    reader,
    'set_XmlResolver',
    (maker) =>
      maker?.dispatch === 'new' && maker.method.type.kind === 'named' && maker.method.type.name === urlResolver,
  );
}

const urlResolver = 'System.Xml.XmlUrlResolver';

/** Whether a property of an object is set to such a value: what made it, or a constant. */
function sets(
  flow: ValueFlow,
  object: number | undefined,
  member: string,
  is: (maker: Call | undefined, constant: unknown) => boolean,
): boolean {
  const origin = originOf(flow, object);
  if (origin === undefined) return false;
  return flow.steps.some(({ operation, reads }) => {
    if (operation.kind !== 'call' || operation.method.name !== member || originOf(flow, reads[0]) !== origin)
      return false;
    const [given] = operation.arguments;
    const maker = makerOf(flow, reads[1]);
    return is(maker, given?.kind === 'constant' ? given.value : undefined);
  });
}

function isTrusted(flow: ValueFlow, settings: number | undefined): boolean {
  const maker = makerOf(flow, settings);
  if (!maker) return false;
  if (maker.method.name === 'get_TrustedXslt') return true;
  const [, script] = maker.arguments;
  return maker.dispatch === 'new' && script?.kind === 'constant' && script.value === 1;
}

function makerOf(flow: ValueFlow, value: number | undefined): Call | undefined {
  const operation = stepBehind(flow, value)?.operation;
  return operation?.kind === 'call' ? operation : undefined;
}

/** The step that made it; a parameter is its own. */
function originOf(flow: ValueFlow, value: number | undefined): Step | number | undefined {
  return stepBehind(flow, value) ?? value;
}
