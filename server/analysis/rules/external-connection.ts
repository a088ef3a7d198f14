import { hole } from '../code/texts.js';
import { findConnectionString, serverIn } from '../knowledge/context-connection.js';
import { isPlaceholder } from '../knowledge/secrets.js';
import type { ApiUse } from '../project/api-uses.js';
import { toldOnce } from '../project/proof.js';
import { textsGiven } from '../project/string-arguments.js';
import { shownString } from '../text/shown.js';
import type { CodeRule } from './rule.js';

export const externalConnection: CodeRule = {
  name: 'external-connection',
  summary: 'The code connects to a server that it names, outside the session and as the service account.',
  topic: 'data-access',
  severity: 'information',
  phase: 'review',
  on: 'code',
  check(code, report, { permissionSet, requirements }) {
    // There it is refused: insufficient-permission-set tells.
    if (permissionSet === 'SAFE') return;
    const servers = new Map<ApiUse, string>();
    for (const use of requirements.uses) {
      const server = requirements.reachability.has(use.node.method) ? serverOf(use) : undefined;
      if (server !== undefined) servers.set(use, server);
    }
    for (const { first, place, where, also } of toldOnce([...servers.keys()], (use) => servers.get(use) ?? ''))
      report(place, `${where} connects to server ${shownString(servers.get(first) ?? '', longestName)}${also}`);

    function serverOf(use: ApiUse): string | undefined {
      const { type, name } = use.member;
      const given = type.kind === 'named' ? findConnectionString(type.name, name) : undefined;
      if (!given) return undefined;
      const texts = textsGiven(code, use, given.argument);
      const named = texts.flatMap((text) => (given.holds === 'server' ? text : (serverIn(text) ?? [])));
      return named.find((server) => !server.includes(hole) && !isPlaceholder(server) && !/\{\d+\}/.test(server));
    }
  },
};

const longestName = 80;
