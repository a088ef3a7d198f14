// The C# of the rules' pages, as source and as what it compiles to: the same findings both ways.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Finding } from '../../server/analysis/rules/rule.js';
import { Workspace } from '../../server/analysis/workspace.js';
import { diskGrammar } from '../../server/grammar-node.js';
import { nodePlatform } from '../../server/platform-node.js';
import { compiledSamplesIn, sectionsOf, type CompiledSample } from '../support/compiled-samples.js';
import { samplesOf, workspaceOf, type Sample } from '../support/rule-page.js';

const language = await diskGrammar('dist-test');

/** Sections whose findings differ, and why that is right, or what is missing still. */
const differences: Readonly<Record<string, string>> = {
  'dynamic-assembly-load: When a reference is not found': 'mcs names a lambda of a type initialiser for its type',
  'host-protected-member: await': 'compiled, the method that begins is apart from what it waits for',
  'excessive-permission-set: What code that nothing reaches is given can need it': 'not looked into yet',
  'serialization-assembly: Types of another assembly, lists and arrays':
    'types of other source assemblies are not known yet',
  'unverifiable-code: Unsafe in the compiler’s eyes alone': 'only the compiler’s option marks it',
};

for (const folder of ['docs/rules', 'test/rules']) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md'))) {
    const page = readFileSync(`${folder}/${file}`, 'utf8');
    const rule = /^# (.*)$/m.exec(page)?.[1];
    if (rule === undefined) continue;
    const samples = samplesOf(page);
    for (const { title, section } of sectionsOf(page)) {
      const compiled = compiledSamplesIn(rule, title, section);
      const sample = samples.find((one) => one.title === title);
      if (!sample || compiled.length === 0 || compiled.some((one) => one.language === 'il')) continue;
      const name = `${rule}: ${title.replaceAll("'", '’')}`;
      test(name, () => {
        const bytes = told(workspaceOf(sample), rule);
        const source = told(sourceWorkspace(sample, compiled), rule);
        if (name in differences) assert.notDeepEqual(source, bytes, `${name} is no difference any more`);
        else assert.deepEqual(source, bytes);
      });
    }
  }
}

/** The scripts without bytes, and a project for each assembly. */
function sourceWorkspace({ files, settings }: Sample, compiled: readonly CompiledSample[]): Workspace {
  const workspace = new Workspace(nodePlatform, settings);
  workspace.useCSharp(language);
  const isCompiled = (name: string): boolean => compiled.some((one) => one.name === name);
  for (const { uri, text } of files)
    workspace.set(
      uri,
      text.replace(/0x\{([\w.]+)\}/g, (whole, name: string) => (isCompiled(name) ? `'${name}.dll'` : whole)),
    );
  for (const { name, source } of compiled) {
    workspace.set(`file:///${name}/${name}.csproj`, projectOf(name));
    workspace.set(`file:///${name}/${name}.cs`, source);
  }
  return workspace;
}

function projectOf(name: string): string {
  return `<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><PropertyGroup><AssemblyName>${name}</AssemblyName></PropertyGroup><ItemGroup><Compile Include="${name}.cs" /></ItemGroup></Project>`;
}

/** What only bytes have to say, where in a method it is and what the compiler made of it, is left out. */
function told(workspace: Workspace, rule: string): readonly string[] {
  return workspace
    .uris()
    .flatMap((uri) => workspace.findings(uri))
    .filter((finding) => finding.rule === rule)
    .map(({ severity, message }: Finding) => `${severity}: ${plain(message)}`)
    .sort();
}

function plain(message: string): string {
  return message
    .replace(/ \(in an? [\w ]+(?:, IL_[0-9a-f]+)?\)/g, '')
    .replace(/ (?:\(|at )IL_[0-9a-f]+\)?/g, '')
    .replace(/awaits, and so calls .*/, 'awaits');
}
