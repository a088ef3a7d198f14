import { placeIn } from '../code/model.js';
import { hole, textsOf } from '../code/texts.js';
import { constantsOf } from '../code/values.js';
import {
  findSecretArgument,
  isPlaceholder,
  isSecretName,
  passwordIn,
  passwordInSql,
  tokenIn,
  type SecretArgument,
} from '../knowledge/secrets.js';
import { findPlaceOpener } from '../knowledge/sensitive-places.js';
import type { ApiUse } from '../project/api-uses.js';
import { nativeImports } from '../project/notable-uses.js';
import { whereOf } from '../project/proof.js';
import { isGivenBytes, stringsGiven, textsGiven } from '../project/string-arguments.js';
import type { CodeRule } from './rule.js';

export const credentialInCode: CodeRule = {
  name: 'credential-in-code',
  summary: 'A password, key or token stands in the code, where whoever reads the assembly can read it.',
  topic: 'hygiene',
  severity: 'warning',
  phase: 'review',
  cwe: [259, 798],
  on: 'code',
  check(code, report, { requirements }) {
    for (const use of requirements.uses) {
      const secret = secretIn(use);
      if (secret !== undefined)
        report(use.place, `${whereOf(use)} hands ${secret} that stands in the code to ${use.text}`);
    }
    for (const { function: native, library, calls } of nativeImports(code, 'process', 'credentials')) {
      for (const { node, call } of calls) {
        const given = native.password === undefined ? undefined : call.arguments[native.password];
        if (!given || !textsOf(code.graph, node, given).some(isSecret)) continue;
        const where = whereOf({ node, operation: call });
        report(
          placeIn(node.method, call),
          `${where} hands a password that stands in the code to ${native.name} in ${library}`,
        );
      }
    }

    function secretIn(use: ApiUse): string | undefined {
      const { type, name } = use.member;
      if (type.kind !== 'named') return undefined;
      const secret = findSecretArgument(type.name, name);
      if (secret)
        return (!secret.isNamed || isNamedSecret(use, secret)) && holds(use, secret) ? words[secret.holds] : undefined;
      const opener = findPlaceOpener(type.name, name);
      if (opener?.kind !== 'sql') return undefined;
      const isFound = textsGiven(code, use, opener.argument).some((sql) => isSecret(passwordInSql(sql)));
      return isFound ? 'SQL with a password' : undefined;
    }

    function isNamedSecret({ node, operation }: ApiUse, { argument }: SecretArgument): boolean {
      const named = operation.kind === 'call' ? operation.arguments[argument - 1] : undefined;
      const names = (named && constantsOf(code.graph, node, named)) ?? [];
      return names.some((name) => (typeof name === 'string' || typeof name === 'number') && isSecretName(name));
    }

    function holds(use: ApiUse, { argument, holds: what }: SecretArgument): boolean {
      switch (what) {
        case 'connection string':
          return textsGiven(code, use, argument).some((text) => isSecret(passwordIn(text)));
        case 'token':
          return stringsGiven(code, use, argument).some((text) => isSecret(tokenIn(text)));
        case 'password':
          return stringsGiven(code, use, argument).some(isSecret);
        case 'key':
          return stringsGiven(code, use, argument).some(isSecret) || isGivenBytes(code, use, argument);
      }
    }
  },
};

const words: Readonly<Record<SecretArgument['holds'], string>> = {
  password: 'a password',
  'connection string': 'a connection string with a password',
  key: 'a key',
  token: 'a token',
};

function isSecret(text: string | undefined): boolean {
  return text !== undefined && !text.includes(hole) && !isPlaceholder(text);
}
