// A workspace with findings of its own, so that tests of the protocol do not hang on what the rules say: a word that is repaired,
// one whose repair makes it worse, one whose repair needs a look, a word that two files share, and a word that fades.
import type { DocumentSymbol, Folding, Hover } from '../../server/analysis/features/feature.js';
import { defaultSettings, Workspace, type Settings } from '../../server/analysis/workspace.js';
import { Levels } from '../../server/analysis/rules/levels.js';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { nodePlatform } from '../../server/platform/node.js';

export class SpeakingWorkspace extends Workspace {
  readonly #texts = new Map<string, string>();
  #settings = defaultSettings;

  constructor() {
    super(nodePlatform);
  }

  override configure(settings: Settings): void {
    this.#settings = settings;
  }

  override copy(): SpeakingWorkspace {
    const copy = new SpeakingWorkspace();
    copy.configure(this.#settings);
    for (const [uri, text] of this.#texts) copy.#texts.set(uri, text);
    return copy;
  }

  override uris(): readonly string[] {
    return [...this.#texts.keys()];
  }

  override textOf(uri: string): string {
    return this.#texts.get(uri) ?? '';
  }

  override set(uri: string, content: string | Uint8Array): void {
    this.#texts.set(uri, typeof content === 'string' ? content : '');
  }

  override remove(uri: string): void {
    this.#texts.delete(uri);
  }

  override findings(uri: string): readonly Finding[] {
    const text = this.#texts.get(uri) ?? '';
    if (text.includes('explode')) throw new Error('exploded');
    if (text.includes('slow')) for (const began = performance.now(); performance.now() - began < 50;);
    const found = [
      ...this.#repairable(uri, text),
      ...this.#doubtful(uri, text),
      ...this.#shared(uri, text),
      ...this.#fading(uri, text),
    ];
    return new Levels(this.#settings.rules, this.#settings.overrides)
      .applied(uri, found)
      .filter(({ rule, span }) => !isSilenced(text, rule, span.start));
  }

  /** Of every word. */
  override hover(uri: string, offset: number): Hover | undefined {
    const span = this.#words(uri).find(({ start, end }) => start <= offset && offset <= end);
    return span && { span, markdown: `**${this.#wordAt(uri, span)}**` };
  }

  override symbols(uri: string): readonly DocumentSymbol[] {
    return this.#words(uri).map((span) => ({
      name: this.#wordAt(uri, span),
      detail: '',
      kind: 'assembly',
      span: { start: span.start + 1, end: span.end },
      nameSpan: span,
    }));
  }

  override foldings(uri: string): readonly Folding[] {
    const end = this.#texts.get(uri)?.length ?? 0;
    return [
      { span: { start: 0, end }, kind: 'literal' },
      { span: { start: 0, end: 1 }, kind: 'comment' },
    ];
  }

  #words(uri: string): Span[] {
    return ['wrong', 'shared', 'faded'].flatMap((word) => placesOf(word, this.#texts.get(uri) ?? ''));
  }

  #wordAt(uri: string, { start, end }: Span): string {
    return this.#texts.get(uri)?.slice(start, end) ?? '';
  }

  #repairable(uri: string, text: string): Finding[] {
    return placesOf('wrong', text).map((span) => ({
      ...findingAt(uri, span, 'repairable-word', 'warning'),
      fixes: [{ title: 'Make it right', edits: [{ at: span, text: 'right' }] }],
    }));
  }

  #doubtful(uri: string, text: string): Finding[] {
    return [
      ...placesOf('hopeless', text).map((span) => ({
        ...findingAt(uri, span, 'hopeless-word', 'warning'),
        fixes: [{ title: 'Make it wrong', edits: [{ at: span, text: 'wrong' }] }],
      })),
      ...placesOf('unclear', text).map((span) => ({
        ...findingAt(uri, span, 'unclear-word', 'warning'),
        fixes: [{ title: 'Make it clear', edits: [{ at: span, text: 'clear' }], needsReview: true }],
      })),
    ];
  }

  #shared(uri: string, text: string): Finding[] {
    return placesOf('shared', text).flatMap((span) =>
      [...this.#texts].flatMap(([other, otherText]) => {
        const [first] = placesOf('shared', otherText);
        if (other === uri || !first) return [];
        const related = [{ uri: other, span: first, message: 'it stands here too' }];
        return [{ ...findingAt(uri, span, 'shared-word', 'error'), related }];
      }),
    );
  }

  #fading(uri: string, text: string): Finding[] {
    return placesOf('faded', text).map((span) => ({
      ...findingAt(uri, span, 'faded-word', 'hint'),
      tags: ['unnecessary', 'deprecated'],
    }));
  }
}

type Span = Finding['span'];

function placesOf(word: string, text: string): Span[] {
  return [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({ start: index, end: index + word.length }));
}

function findingAt(uri: string, span: Span, rule: string, severity: Finding['severity']): Finding {
  const message = `a ${rule.replace('-', ' ')}`;
  return { rule, severity, message, uri, span, related: [], fixes: [], sqlErrors: [], phase: 'review', tags: [] };
}

/** As much of suppressions as the actions need. */
function isSilenced(text: string, rule: string, offset: number): boolean {
  const above = text.slice(0, offset).split('\n').at(-2) ?? '';
  return above.includes(`sqlclr-disable-next-line ${rule}`) || text.startsWith(`/* sqlclr-disable ${rule} */`);
}
