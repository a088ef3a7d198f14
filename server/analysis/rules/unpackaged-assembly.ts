import { findPackageSdk, leavesOutAssembly } from '../knowledge/package-sdks.js';
import type { ProjectRule } from './rule.js';

export const unpackagedAssembly: ProjectRule = {
  name: 'unpackaged-assembly',
  summary: 'The SDK of the project compiles no C# into its package: what is deployed has no assembly.',
  topic: 'assemblies',
  severity: 'warning',
  phase: 'create',
  on: 'project',
  check({ projectFiles }, report) {
    for (const file of projectFiles) {
      const { sdk = '', sdkVersion, assemblyName } = file;
      const known = findPackageSdk(sdk);
      if (!known || !sdkVersion || !file.namesSources) continue;
      const { uri, span, value: version } = sdkVersion;
      const what = `assembly${assemblyName === undefined ? '' : ` ${assemblyName}`} out of the package`;
      const isLeftOut = leavesOutAssembly(known, version);
      if (isLeftOut) report(uri, span, `${known.name}${known.leavesOutUntil ? ` ${version}` : ''} leaves ${what}`);
      else if (isLeftOut === undefined)
        report(uri, span, `${known.name} up to ${known.leavesOutUntil?.join('.') ?? ''} leaves ${what}`, {
          severity: 'information',
        });
    }
  },
};
