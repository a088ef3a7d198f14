// Tools for language models: what SQL Server would say and what code can reach, from the analysis rather than from memory. They read
// and change nothing.
import {
  l10n,
  LanguageModelTextPart,
  LanguageModelToolResult,
  lm,
  type CancellationToken,
  type Disposable,
  type LanguageModelToolInvocationOptions,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { adviceRequest, reportTextRequest, type AdviceParams } from '../server/protocol.js';

/** In UTF-16 units: what a model is given at once. */
const longest = 60_000;

/** An editor may have no such thing. */
export function offerTools(client: BaseLanguageClient): readonly Disposable[] {
  if (typeof lm?.registerTool !== 'function') return [];
  return [
    lm.registerTool<{ readonly subject: string }>('sqlclr_explain', {
      prepareInvocation: ({ input: { subject } }) => ({
        invocationMessage: l10n.t('Reading what is known of {0}', subject),
      }),
      async invoke(
        { input: { subject } }: LanguageModelToolInvocationOptions<{ readonly subject: string }>,
        token: CancellationToken,
      ) {
        const params: AdviceParams = { kind: 'subject', subject };
        const text = await client.sendRequest<string | null>(adviceRequest, params, token);
        return resultOf(text ?? 'There is no such rule, and no such number of CLR integration.');
      },
    }),
    lm.registerTool('sqlclr_report', {
      prepareInvocation: () => ({ invocationMessage: l10n.t('Reading what the assemblies can reach') }),
      async invoke(_, token) {
        return resultOf((await client.sendRequest<string | null>(reportTextRequest, token)) ?? 'There is no report.');
      },
    }),
  ];
}

function resultOf(text: string): LanguageModelToolResult {
  const told =
    text.length <= longest ? text : `${text.slice(0, longest)}\n\nCut here, of ${text.length} characters in all.`;
  return new LanguageModelToolResult([new LanguageModelTextPart(told)]);
}
