// The properties and items of an MSBuild project and of what it imports, in the order MSBuild takes them: properties of all files,
// then items. Targets are not looked into, nor what no file of the workspace is.
// Sources: MSBuild, Microsoft.Common.props, Microsoft.Common.targets and Microsoft.Common.CurrentVersion.targets, which import
// Directory.Build.props and .targets; learn.microsoft.com "Customize the build by folder". Read 2026-11-25.
import type { Span } from '../text/span.js';
import type { BuildFile, Importable } from './build-file.js';
import { and, conditionOf, truthOf, type Exists } from './conditions.js';
import { importedKey, standardImportOf } from './imports.js';
import { itemOf, type Item } from './items.js';
import { folderOf, keyOf } from './paths.js';
import { expand, type Known, type Values } from './properties.js';
import { isSqlSdk, valuesIn } from './values-before.js';
import type { XmlElement } from './xml.js';

/** A property as it is written somewhere, whether or not that counts. */
export interface Property {
  readonly name: string;
  readonly value: Known;
  /** The file that it stands in. */
  readonly uri: string;
  /** What stands between the tags. */
  readonly span: Span;
  /** With the tags. */
  readonly element: Span;
  /** Of all conditions around it, in the configuration that is evaluated. */
  readonly holds: boolean | undefined;
  /** It holds in no other configuration either. */
  readonly isNever: boolean;
}

export interface Evaluated {
  /** Every one that is written, in order. */
  readonly written: readonly Property[];
  /** What counts in the end, by name in lower case. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly items: readonly Item[];
}

export interface Before {
  readonly values: Values;
  /** Names among them that no file can change. */
  readonly fixed: ReadonlySet<string>;
  /** Without its version; undefined for a project of the old style. */
  readonly sdk: string | undefined;
}

export function evaluate(project: BuildFile, before: Before, files: Importable): Evaluated {
  return new Evaluation(project, before, files).whole();
}

const nothingKnown: Values = new Map();
/** Files that import each other deeper, or more of them, are no person's. */
const deepest = 16;
const mostImports = 100;

class Evaluation {
  readonly #project: BuildFile;
  readonly #before: Before;
  readonly #files: Importable;
  readonly #now: Map<string, Known>;
  readonly #written: Property[] = [];
  readonly #properties = new Map<string, Property>();
  /** Groups of items, which are read when all properties are known. */
  readonly #later: { readonly file: BuildFile; readonly element: XmlElement; readonly holds: boolean | undefined }[] =
    [];
  readonly #imported = new Set<string>();
  #depth = 0;
  #imports = 0;
  /** Of the groups that are read later, those that an SDK's own items come behind. */
  #early = 0;

  constructor(project: BuildFile, before: Before, files: Importable) {
    this.#project = project;
    this.#before = before;
    this.#files = files;
    this.#now = new Map(before.values);
    this.#imported.add(keyOf(project.uri));
  }

  whole(): Evaluated {
    const isImplicit = this.#project.root?.attributes.some(({ name }) => name === 'Sdk');
    const hasSdk = isImplicit || this.#project.root?.children.some(({ name }) => name === 'Sdk');
    if (hasSdk) this.#standard('props');
    this.#read(this.#project, true);
    if (hasSdk) this.#standard('targets');
    return { written: this.#written, properties: this.#properties, items: this.#items() };
  }

  #read(file: BuildFile, holds: boolean | undefined): void {
    this.#enter(file);
    this.#elements(file, file.root?.children ?? [], holds);
  }

  #enter({ uri }: BuildFile): void {
    for (const [name, value] of valuesIn(this.#project.uri, uri)) this.#now.set(name, value);
  }

  #elements(file: BuildFile, elements: readonly XmlElement[], outer: boolean | undefined): void {
    for (const element of elements) {
      if (element.name === 'Import') this.#import(file, element, outer);
      else if (element.name === 'ImportGroup')
        this.#elements(file, element.children, and(outer, this.#condition(file, element)));
      else {
        forEachGroup([element], 'PropertyGroup', this.#now, outer, (group, holds) => this.#group(file, group, holds));
        if (element.name === 'ItemGroup' || element.name === 'Choose')
          this.#later.push({ file, element, holds: outer });
      }
    }
  }

  #group({ uri }: BuildFile, group: XmlElement, holds: boolean | undefined): void {
    for (const element of group.children) {
      const name = element.name.toLowerCase();
      const property: Property = {
        name: element.name,
        value: expand(element.text.trim(), this.#now),
        uri,
        span: element.content,
        element: element.span,
        holds: and(holds, conditionOf(element, this.#now)),
        isNever: [group, element].some((each) => conditionOf(each, nothingKnown) === false),
      };
      this.#written.push(property);
      if (property.holds === false || this.#before.fixed.has(name)) continue;
      const value = property.holds || this.#now.get(name) === property.value ? property.value : undefined;
      this.#now.set(name, value);
      this.#properties.set(name, { ...property, value });
    }
  }

  /** What does not hold is read for what is written there, without what it imports. */
  #import(file: BuildFile, element: XmlElement, outer: boolean | undefined): void {
    const holds = and(outer, this.#condition(file, element));
    const standard = standardImportOf(element);
    if (standard !== undefined) {
      if (holds !== false) this.#standard(standard);
    } else if (outer !== false && conditionOf(element, nothingKnown) !== false) {
      const path = element.attributes.find(({ name }) => name === 'Project')?.value ?? '';
      this.#take(importedKey(path, this.#project.uri, file.uri, this.#now, this.#files), holds);
    }
    this.#enter(file);
  }

  /** What Microsoft's files import of the workspace, each of them once. */
  #standard(kind: 'props' | 'targets'): void {
    if (kind === 'targets') this.#standard('props');
    const key = this.#files.nearest(folderOf(keyOf(this.#project.uri)), `Directory.Build.${kind}`);
    const isOff = truthOf(this.#now.get(`importdirectorybuild${kind}`) ?? '') === false;
    if (key === undefined || isOff || this.#imported.has(key)) return;
    const { sdk } = this.#before;
    const addsTrace = kind === 'props' && sdk !== undefined && !isSqlSdk(sdk);
    if (addsTrace) this.#now.set('defineconstants', '');
    this.#take(key, true);
    if (addsTrace) this.#addTrace();
    if (kind === 'props' && sdk !== undefined) this.#early = this.#later.length;
  }

  /** An SDK does so behind Directory.Build.props. */
  #addTrace(): void {
    const said = this.#properties.get('defineconstants');
    const value = said && said.value === undefined ? undefined : [said?.value, 'TRACE'].filter(Boolean).join(';');
    this.#now.set('defineconstants', value);
    if (said) this.#properties.set('defineconstants', { ...said, value });
  }

  #take(key: string | undefined, holds: boolean | undefined): void {
    if (key === undefined || this.#imported.has(key) || this.#depth >= deepest || this.#imports >= mostImports) return;
    this.#imports++;
    const file = this.#files.take(key);
    if (!file) return;
    // MSBuild imports a file once.
    if (holds !== false) this.#imported.add(key);
    this.#depth++;
    this.#read(file, holds);
    this.#depth--;
  }

  #condition(file: BuildFile, element: XmlElement): boolean | undefined {
    const exists: Exists = (path) => {
      const key = importedKey(path, this.#project.uri, file.uri, this.#now, this.#files);
      return key !== undefined && this.#files.has(key) ? true : undefined;
    };
    return conditionOf(element, this.#now, exists);
  }

  #items(): readonly Item[] {
    const items: Item[] = [];
    for (const [index, { file, element, holds: outer }] of this.#later.entries()) {
      this.#enter(file);
      forEachGroup([element], 'ItemGroup', this.#now, outer, (group, holds) => {
        for (const child of group.children) {
          const item = itemOf(file, child, holds, this.#now);
          // Before the SDK has taken any source, there is none to be removed.
          if (item && (item.action === 'include' || index >= this.#early)) items.push(item);
        }
      });
    }
    return items;
  }
}

type Visit = (group: XmlElement, holds: boolean | undefined) => void;

function forEachGroup(
  elements: readonly XmlElement[],
  name: string,
  values: Values,
  outer: boolean | undefined,
  visit: Visit,
): void {
  for (const element of elements) {
    if (element.name === name) {
      const holds = and(outer, conditionOf(element, values));
      visit(element, holds);
    } else if (element.name === 'Choose') chooseFrom(element, name, values, outer, visit);
  }
}

/** The first branch whose condition holds; what stands behind one that is not known is not known. */
function chooseFrom(choose: XmlElement, name: string, values: Values, outer: boolean | undefined, visit: Visit): void {
  let open: boolean | undefined = outer;
  for (const branch of choose.children) {
    const condition = branch.name === 'Otherwise' ? true : conditionOf(branch, values);
    forEachGroup(branch.children, name, values, and(open, condition), visit);
    if (condition === true) open = false;
    else if (condition === undefined) open = and(open, undefined);
  }
}
