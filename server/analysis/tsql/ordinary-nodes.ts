// What ordinary T-SQL does with types, functions and aggregates, as plain data; `ordinary.ts` reads it.
import type { Span } from '../text/span.js';
import type { DataType, Identifier, ObjectName } from './nodes.js';

export interface OrdinaryReading extends ClauseReading {
  readonly tables: readonly TableDefinition[];
  readonly indexes: readonly IndexDefinition[];
  readonly views: readonly ViewDefinition[];
  readonly members: readonly MemberUse[];
  readonly calls: readonly CallUse[];
  readonly queries: readonly Query[];
  readonly comparisons: readonly Comparison[];
  /** Types where something is declared of them: columns, variables, parameters. */
  readonly declared: readonly DataType[];
  /** ALTER TABLE … ALTER COLUMN … WITH (ONLINE = ON). */
  readonly alteredOnline: readonly DataType[];
  /** OPENXML … WITH (…). */
  readonly ofXml: readonly DataType[];
  /** UPDATE t SET a.b.c = …: paths of three parts or more. */
  readonly nestedUpdates: readonly { readonly table: ObjectName; readonly path: ObjectName }[];
  readonly droppedTables: readonly ObjectName[];
}

/** What `clauses.ts` reads of it. */
export interface ClauseReading {
  readonly outputs: readonly OutputClause[];
  /** What a query selects, and where it filters, that reads FROM (INSERT …), or another statement that changes rows. */
  readonly overNested: readonly Span[];
  readonly columnAliases: readonly ColumnAlias[];
  /** `FROM x.nodes(…)` without names for the table and its column. */
  readonly unnamedNodes: readonly Span[];
}

/** `INSERT dbo.T … OUTPUT inserted.A, inserted.B`. */
export interface OutputClause {
  readonly of: ObjectName;
  readonly columns: readonly Identifier[];
}

/** `FROM dbo.f(…) AS t (a, b)`. */
export interface ColumnAlias {
  readonly of: ObjectName;
  readonly span: Span;
}

export interface TableDefinition {
  readonly name: ObjectName;
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly name: Identifier;
  /** Undefined for a computed column. */
  readonly type?: DataType;
  readonly isPersisted: boolean;
  /** PRIMARY KEY or UNIQUE behind it. */
  readonly key?: Span;
  /** Where a computed column says how. */
  readonly span: Span;
}

export interface IndexDefinition {
  readonly on: ObjectName;
  readonly columns: readonly Identifier[];
  readonly included: readonly Identifier[];
  readonly isOnline: boolean;
}

export interface ViewDefinition {
  readonly name: ObjectName;
  /** To the end of its batch. */
  readonly span: Span;
  readonly isSchemaBound: boolean;
}

/** `@p.X`, `@p.Move(1)`, `dbo.Point::Parse('1')`, with how it is used. */
export interface MemberUse {
  readonly span: Span;
  /** Declared in the same batch; undefined where no such variable is, or behind a type's name. */
  readonly of: DataType | ObjectName;
  readonly isStatic: boolean;
  readonly variable?: string;
  readonly member: Identifier;
  readonly arguments?: Span;
  readonly use: 'read' | 'assigned' | 'called by SET';
  /** A value was never given to the variable before. */
  readonly isFirst: boolean;
}

/** `t.Place.X`, `Place.Move(1)`: what may be a member of a column. */
export interface ColumnUse {
  readonly span: Span;
  /** Of one of which it is a column, if it is any. */
  readonly tables: readonly ObjectName[];
  /** Its table stands before it. */
  readonly isQualified: boolean;
  readonly column: Identifier;
  readonly member: Identifier;
  readonly arguments?: Span;
  readonly use: MemberUse['use'];
}

/** `dbo.f(…)`: a name with parentheses behind it. */
export interface CallUse {
  readonly name: ObjectName;
  readonly argumentCount: number;
  /** In the OUTPUT clause of a statement, in what PIVOT sums up, or in a query. */
  readonly place: 'output' | 'pivot' | 'select' | 'from' | 'filter' | 'other';
  /** ORDER BY in the OVER clause behind it. */
  readonly ordered?: Span;
  /** The hint HASH GROUP of a query with GROUP BY, which it stands in. */
  readonly hashGroup?: Span;
  /** NULL given as it is, by position. */
  readonly nulls: readonly { readonly index: number; readonly span: Span }[];
}

/** A query of one table, view or nothing else. */
export interface Query {
  readonly from: ObjectName;
  readonly distinct: readonly Identifier[];
  /** In ORDER BY or GROUP BY. */
  readonly sorted: readonly Identifier[];
  /** SELECT … INTO. */
  readonly into?: ObjectName;
  readonly selected: readonly Identifier[];
}

/** Two variables with a comparison or an arithmetic operator between them. */
export interface Comparison {
  readonly span: Span;
  readonly operator: string;
  readonly left: DataType;
  readonly right: DataType;
}
