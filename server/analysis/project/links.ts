// The links of a project: who calls, reads, binds and refers to whom among T-SQL objects, assemblies, tables, and what lies outside.
// What is not known is left out, or stands without what is not known of it.
import type { LinkKind } from '../knowledge/link-checks.js';
import type { PermissionSetName } from '../tsql/nodes.js';
import type { Location } from './build-project.js';
import { LinkBuilder } from './link-builder.js';
import type { BoundRoutine, Project } from './project.js';

export type LinkNode = AssemblyNode | ObjectNode | ScriptNode | TableNode | AreaNode;

interface NodeBase {
  /** As SQL names it; of an area what it is: `files`. */
  readonly name: string;
  /** Undefined where no statement names it. */
  readonly database?: string;
  /** Where scripts or sources say it; empty for what nothing of the project makes. */
  readonly places: readonly Location[];
}

export interface AssemblyNode extends NodeBase {
  readonly kind: 'assembly';
  /** `built`: of sources, or a file of bytes, that no script creates. `missing`: objects or code name it, and nothing of the project makes it. `ambiguous`: several could be meant. */
  readonly state: 'created' | 'built' | 'missing' | 'ambiguous';
  readonly permissionSet?: PermissionSetName;
  readonly owner?: string;
  /** What its findings may stand in besides its places: the files of its code. */
  readonly files: readonly string[];
}

export interface ObjectNode extends NodeBase {
  readonly kind: BoundRoutine['kind'];
  /** What it is bound to; undefined for a body in T-SQL. */
  readonly externalName?: string;
  /** As the clause has it: `OWNER`, `SELF`, or a user. Undefined for the caller. */
  readonly executeAs?: string;
}

/** The statements of a script that run when it does. */
export interface ScriptNode extends NodeBase {
  readonly kind: 'script';
}

export interface TableNode extends NodeBase {
  readonly kind: 'table';
}

/** What code reaches outside of the database. */
export interface AreaNode extends NodeBase {
  readonly kind: 'area';
}

export interface Link {
  readonly kind: LinkKind;
  /** Places in the list of nodes. */
  readonly from: number;
  readonly to: number;
  /** Any one of them is enough; of `reach` the permission set that it takes. Empty where none is asked. */
  readonly permissions: readonly string[];
  readonly checkedAt: 'create' | 'execute';
  readonly against: Against;
  /** The first member of the framework, or function, that it goes through. */
  readonly through?: string;
  readonly places: readonly Location[];
}

/** Of whom the permission is asked. */
export type Against =
  /** Of the object the link starts at; the name where scripts tell it. */
  | { readonly who: 'owner'; readonly name?: string }
  /** Whoever runs it. */
  | { readonly who: 'caller' }
  /** Whom EXECUTE AS names: `OWNER`, `SELF`, or a name. */
  | { readonly who: 'impersonated'; readonly name: string }
  /** No principal: what the assembly is registered with. */
  | { readonly who: 'permission set'; readonly name?: PermissionSetName };

export interface Links {
  readonly nodes: readonly LinkNode[];
  readonly links: readonly Link[];
  /** Nodes and links that were too many. */
  readonly leftOut: number;
}

export interface Bounds {
  readonly nodes: number;
  readonly links: number;
  /** Of one node or link. */
  readonly places: number;
}

export const defaultBounds: Bounds = { nodes: 3_000, links: 10_000, places: 20 };

/** In the order of scripts and of the code: the same project gives the same graph. */
export function linksOf(project: Project, bounds: Bounds = defaultBounds): Links {
  const graph = new LinkBuilder(project, bounds);
  for (const assembly of project.assemblies) graph.assembly(assembly);
  for (const routine of project.routines) graph.routine(routine);
  for (const assembly of project.assemblies) graph.references(assembly);
  graph.calls();
  graph.commands();
  for (const assembly of project.assemblies) graph.reaches(assembly);
  return graph.done();
}
