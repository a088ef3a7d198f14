// Makes the libraries of the protocol smaller where esbuild bundles them. Of their makers and checks of values
// (vscode-languageserver-types) only those are kept that somebody calls: as they come, esbuild has to keep all of them, since
// they are filled by calls, and are asked for as CommonJS. What TypeScript writes to export something again is shortened.
// Features of the protocol that the server has not are left out whole: who wants one takes its line out of the list first.
// What a connection offers to answer is left out where no file of `server/` outside of the core asks it to.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const types = 'vscode-languageserver-types';
const server = 'vscode-languageserver';
const require = createRequire(import.meta.url);
const typesFile = require.resolve(types).replace(/umd(.)main\.js$/, 'esm$1main.js');

/** For the client, which has more of them. */
export const clientLibraries = {
  name: 'client-libraries',
  setup({ onLoad, onResolve }) {
    shareHelpers(onLoad, onResolve);
    // Whether the editor is new enough to run this version of the library: ours is installed by the `engines` of its manifest.
    onLoad({ filter: /semver.functions.parse\.js$/ }, () => ({
      contents: 'module.exports = (version) => ({ version });',
    }));
    onLoad({ filter: /semver.functions.satisfies\.js$/ }, () => ({ contents: 'module.exports = () => true;' }));
    onLoad({ filter: /vscode-(?:jsonrpc|languageclient|languageserver-protocol).lib.\w+.[\w.]+\.js$/ }, ({ path }) => ({
      contents: lightened(readFileSync(path, 'utf8')),
    }));
  },
};

export const protocolLibraries = {
  name: 'protocol-libraries',
  setup({ onLoad, onResolve }) {
    shareHelpers(onLoad, onResolve);
    // Ours are the only imports of the package by its name.
    onResolve({ filter: /^vscode-languageserver$/ }, ({ pluginData, path }) =>
      pluginData === types ? undefined : { path, namespace: types },
    );
    onLoad({ filter: /./, namespace: types }, () => ({
      contents: `export { ${[...names].join()} } from '${types}';\nexport { ${others().join()} } from '${server}';\n`,
      resolveDir: '.',
      pluginData: types,
    }));
    onLoad({ filter: /vscode-languageserver-types.lib.esm.main\.js$/ }, ({ path }) => ({
      contents: withPureNamespaces(readFileSync(path, 'utf8')),
    }));
    onLoad({ filter: unused }, ({ path }) => ({ contents: emptied(readFileSync(path, 'utf8')) }));
    onLoad({ filter: /vscode-(?:jsonrpc|languageserver|languageserver-protocol).lib.\w+.[\w.]+\.js$/ }, ({ path }) => ({
      contents: withoutTypes(shortened(withoutUnasked(lightened(readFileSync(path, 'utf8')), path)), path),
    }));
  },
};

const features = [
  'colorProvider',
  'declaration',
  'inlineCompletion',
  'inlineValue',
  'linkedEditingRange',
  'moniker',
  'notebook',
  'selectionRange',
  'semanticTokens',
  'showDocument',
  'typeDefinition',
  'typeHierarchy',
];
/** Of how a client says by shared memory that nobody waits for an answer any more: ours does not. */
const cancellation = 'vscode-jsonrpc.lib.common.sharedArrayCancellation';
const unused = new RegExp(
  `(?:${cancellation}|vscode-languageserver(?:-protocol.lib.common.protocol.(?:${features.join('|')})|.lib.(?:common.(?:${features.join('|')})|node.files)))\\.js$`,
);

/** A feature adds itself to a class: without it the class stays as it is. What else is called of one has no answer. */
function emptied(text) {
  return [...text.matchAll(/^exports\.(\w+) = \w+;$/gm)]
    .map(([, name]) => `exports.${name} = ${name.endsWith('Feature') ? '(Base) => Base' : '() => undefined'};`)
    .join('\n');
}

/** Names that the server, and what keeps its documents, calls a connection's methods by. */
const asked = new Set(
  [
    require.resolve(server).replace('api.js', 'textDocuments.js'),
    ...readdirSync('server', { recursive: true })
      .filter((name) => name.endsWith('.ts') && !name.startsWith('analysis'))
      .map((name) => `server/${name}`),
  ]
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\.(on[A-Z]\w+)\(/g)])
    .map(([, name]) => name),
);
const handler =
  /^ {8}(on\w+): \(handler\) => connection\.onRequest\(\w+\.(\w+)\.type, (?:handler\),|\(params, cancel\) => \{\n.*\n {8}\}\),)\n/gm;
const whole = readFileSync(require.resolve(server).replace('api.js', 'server.js'), 'utf8');
const unasked = new Set([...whole.matchAll(handler)].filter(([, name]) => !asked.has(name)).map(([, , type]) => type));

/** Of a message, for generators of documentation: nothing reads it when it runs. */
const description = /^ {4}\w+\.(?:messageDirection|capabilities) = .*;\n/gm;
/** TypeScript writes them into each file. Modules that it compiled need no copy to be imported whole, nor do Node's. */
const helper = /^var __(?:createBinding|setModuleDefault|importStar|exportStar) = [^]*?^\}[()]*;\n/gm;
const exportAgain = `(from, to) => {
  for (const name in from)
    if (name !== 'default' && !Object.hasOwn(to, name))
      Object.defineProperty(to, name, { enumerable: true, get: () => from[name] });
}`;

function lightened(text) {
  return text
    .replace(description, '')
    .replace(helper, '')
    .replace(/__importStar\((require\("[^"]+"\))\)/g, '$1')
    .replace(/^__exportStar\(/gm, 'require("export-again")(');
}

function shareHelpers(onLoad, onResolve) {
  onResolve({ filter: /^export-again$/ }, ({ path }) => ({ path, namespace: path }));
  onLoad({ filter: /./, namespace: 'export-again' }, () => ({ contents: `module.exports = ${exportAgain};` }));
}

/** Neither the handler nor the request, which nobody else has a use for. */
function withoutUnasked(text, path) {
  if (path.endsWith('server.js')) return text.replace(handler, (all, name) => (asked.has(name) ? all : ''));
  if (!path.endsWith('protocol.js')) return text;
  return text.replace(/^var (\w+);\n\(function \(\1\) \{\n(?: .*\n)*\}\)\(\1 \|\| .*;\n/gm, (all, type) =>
    unasked.has(type) ? '' : all,
  );
}

/** A namespace that TypeScript compiled: its value is what the call returns, and who does not use it does without the call. */
function withPureNamespaces(text) {
  return text
    .replace(/^((?:export )?var (\w+));\n\(function \(\2\) \{$/gm, '$1 =\n/* @__PURE__ */ (function ($2) {')
    .replace(/^\}\)\((\w+) \|\| \(\1 = \{\}\)\);$/gm, 'return $1; })({});');
}

const names = new Set(
  [...readFileSync(typesFile, 'utf8').matchAll(/^export (?:var|class|function) (\w+)/gm)].map(([, name]) => name),
);

function others() {
  return Object.keys(require(server)).filter((name) => !names.has(name));
}

/** The libraries themselves ask the package of the types by its name, or else not at all. */
function withoutTypes(text, path) {
  for (const [, module, name] of text.matchAll(/\b(\w+_\d+)\.(\w+)/g))
    if (names.has(name) && module !== 'vscode_languageserver_types_1')
      throw new Error(`${path} uses ${module}.${name}`);
  return text
    .replace(`require("export-again")(require("${types}"), exports);`, '')
    .replace(/^const (\w+) = require\("vscode-languageserver-types"\);$/m, `import * as $1 from "${types}";`);
}

/** `RequestType1` and the like, for methods whose parameters stand in no object: the protocol has none. */
const byPlace = /^class ((?:Request|Notification)Type[1-9]) [^]*?^exports\.\1 = \1;$/gm;
const byPlaceAgain = /^.*"(?:Request|Notification)Type[1-9]".*$/gm;

function shortened(whole) {
  const text = whole.replace(byPlace, '').replace(byPlaceAgain, '');
  const short = text.replace(
    /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (\w+\.\w+); \} \}\);$/gm,
    'exports.$1 = $2;',
  );
  // Where a whole module is exported again, this says what is not to be overwritten by it.
  return short.includes('require("export-again")(') ? short : short.replace(/^(?:exports\.\w+ = )+void 0;$/gm, '');
}
