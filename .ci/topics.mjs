// The topics of rules, in the order in which README, index and site have them.

export const topics = {
  'permission-sets': 'Permission sets',
  assemblies: 'Managing assemblies',
  'host-protection': 'Host protection',
  links: 'Links',
  impersonation: 'Impersonation',
  'partially-trusted-callers': 'Partially trusted callers',
  'application-domains': 'Application domains',
  'data-access': 'Data access',
  'untrusted-input': 'Untrusted input',
  hygiene: 'Hygiene',
  tool: "The tool's own",
};
