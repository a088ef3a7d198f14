// What a client says of itself when it starts the server.
import type { InitializationOptions } from './protocol.js';

/** Whatever a client sends. */
export function optionsOf(sent: unknown): InitializationOptions {
  if (typeof sent !== 'object' || !sent) return {};
  return {
    showsStatus: 'showsStatus' in sent && sent.showsStatus === true,
    showsAssemblies: 'showsAssemblies' in sent && sent.showsAssemblies === true,
    showsLocations: 'showsLocations' in sent && sent.showsLocations === true,
    explains: 'explains' in sent && sent.explains === true,
    silencesRules: 'silencesRules' in sent && sent.silencesRules === true,
    settings: 'settings' in sent ? sent.settings : undefined,
    ...('buildFolder' in sent && typeof sent.buildFolder === 'string' && { buildFolder: sent.buildFolder }),
  };
}
