// Readers of XML that were set up to fetch what a document names. What they do unasked differs between versions of the framework:
// only what the code says counts.
// Sources: .NET Framework 4.8 API reference (XmlResolver, XmlReaderSettings.DtdProcessing, XsltSettings); OWASP "XML External Entity
// Prevention" cheat sheet; read 2026-11.
import type { CallIn } from '../code/taint-policy.js';
import type { ValueFlow } from '../code/value-flow.js';
import { makerOf, settingsOf, type Setting } from './object-settings.js';

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
        sets(flow, step.reads[1], 'set_DtdProcessing', ({ constant }) => constant === parse)
      );
    default:
      return name === 'Load' && isTrusted(flow, step.reads[2]);
  }
}

/** DtdProcessing.Parse; Prohibit is 0. */
const parse = 2;
const isZero = ({ constant }: Setting): boolean => constant === 0;

function hasResolver(flow: ValueFlow, reader: number | undefined): boolean {
  return sets(
    flow,
    reader,
    'set_XmlResolver',
    ({ maker }) =>
      maker?.dispatch === 'new' && maker.method.type.kind === 'named' && maker.method.type.name === urlResolver,
  );
}

const urlResolver = 'System.Xml.XmlUrlResolver';

function sets(flow: ValueFlow, object: number | undefined, member: string, is: (setting: Setting) => boolean): boolean {
  return settingsOf(flow, object, member).some(is);
}

/** Scripts may run, or `document()` may read what the sheet names. */
function isTrusted(flow: ValueFlow, settings: number | undefined): boolean {
  const maker = makerOf(flow, settings);
  if (!maker) return false;
  if (maker.method.name === 'get_TrustedXslt') return true;
  if (maker.dispatch !== 'new') return false;
  const isGiven = maker.arguments.some((given) => given.kind === 'constant' && given.value === 1);
  const members = ['set_EnableScript', 'set_EnableDocumentFunction'];
  return isGiven || members.some((member) => sets(flow, settings, member, ({ constant }) => constant === 1));
}
