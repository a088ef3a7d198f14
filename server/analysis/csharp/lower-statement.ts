// Statements as blocks: branches and jumps here, loops and protected regions in files of their own.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import type { BodyBuilder, Label } from './body-builder.js';
import { ExpressionLowering } from './lower-expression.js';
import { lowerFor, lowerForeach, lowerWhile } from './lower-loop.js';
import { dispose, lowerFixed, lowerLock, lowerTry, lowerUsing, protect } from './lower-region.js';
import { lastName, type LoweringInput } from './lowering.js';
import type { BlockStatement, BodyNode, Expression, Statement, StatementOf } from './nodes.js';
import { Scope } from './scope.js';
import { unknownType } from './symbols.js';

/** Where `break` and `continue` go, and how deep in protected regions that is. */
interface Exits {
  readonly breaks: Label | undefined;
  readonly continues: Label | undefined;
  readonly depth: number;
}

export class StatementLowering {
  readonly expressions: ExpressionLowering;
  readonly builder: BodyBuilder;
  readonly #returns: TypeRef;
  readonly #labels = new Map<string, Label>();
  /** Of the switch around, for `goto case`. */
  #cases: Map<string, Label> = new Map();
  #exits: Exits = { breaks: undefined, continues: undefined, depth: 0 };
  /** Protected regions around. */
  depth = 0;
  /** Of what is returned, where the type is to be found out. */
  returned: TypeRef | undefined;
  yields = false;

  constructor(input: LoweringInput, scope: Scope, returns: TypeRef) {
    this.expressions = new ExpressionLowering(input, scope);
    this.builder = input.builder;
    this.#returns = returns;
  }

  body(node: BodyNode): void {
    if (node.kind === 'block') {
      this.block(node);
      return;
    }
    const isVoid = this.#returns.kind === 'named' && this.#returns.name === 'System.Void';
    if (isVoid) this.expressions.effect(node.value);
    else this.#return(node.value, node.value.span.start);
  }

  #return(value: Expression | undefined, at: number): void {
    const typed = value && this.expressions.value(value, this.#returns.kind === 'unknown' ? undefined : this.#returns);
    if (typed && !this.returned) this.returned = typed.type;
    this.builder.end({ kind: 'return', value: typed?.operand }, at);
  }

  #yield(value: Expression, { start: at, end }: Statement['span']): void {
    const { operand } = this.expressions.value(value);
    this.builder.emit({ kind: 'yield', at, end, value: operand });
  }

  inScope(work: () => void): void {
    const outer = this.expressions.scope;
    this.expressions.scope = new Scope(outer);
    work();
    this.expressions.scope = outer;
  }

  block({ statements }: BlockStatement): void {
    this.inScope(() => this.#all(statements, 0));
  }

  /** A `using` declaration takes the rest of its block. */
  #all(statements: readonly Statement[], from: number): void {
    for (const statement of statements)
      if (statement.kind === 'localFunction') this.expressions.scope.declareFunction(statement.function);
    for (let index = from; index < statements.length; index++) {
      const statement = statements[index];
      if (!statement) continue;
      if (statement.kind === 'locals' && statement.isUsing) {
        this.statement({ ...statement, isUsing: false });
        const resources = statement.variables.map(({ name }) => this.expressions.scope.find(name.name));
        protect(
          this,
          () => this.#all(statements, index + 1),
          () => resources.forEach((one) => one && dispose(this, { operand: one.operand, type: one.type }, statement)),
          statement.span.start,
        );
        return;
      }
      this.statement(statement);
    }
  }

  statement(node: Statement): void {
    const at = node.span.start;
    const { expressions } = this;
    if (expressions.system.effort.isSpent) return;
    switch (node.kind) {
      case 'block':
        this.block(node);
        return;
      case 'expression':
        expressions.effect(node.value);
        return;
      case 'locals':
        this.locals(node);
        return;
      case 'if':
        this.#if(node);
        return;
      case 'while':
      case 'do':
        lowerWhile(this, node);
        return;
      case 'for':
        lowerFor(this, node);
        return;
      case 'foreach':
        lowerForeach(this, node);
        return;
      case 'switch':
        this.#switch(node);
        return;
      case 'return':
        this.#return(node.value, at);
        return;
      case 'throw':
        if (node.value) this.builder.end({ kind: 'throw', value: expressions.value(node.value).operand }, at);
        else this.builder.end({ kind: 'rethrow' }, at);
        return;
      case 'yieldReturn':
        this.yields = true;
        if (node.value) this.#yield(node.value, node.span);
        return;
      case 'yieldBreak':
        this.yields = true;
        this.builder.end({ kind: 'return', value: undefined }, at);
        return;
      case 'break':
        this.#leave(this.#exits.breaks, at);
        return;
      case 'continue':
        this.#leave(this.#exits.continues, at);
        return;
      case 'goto':
        if (node.case !== undefined) this.#leave(this.#cases.get(caseKey(node.case)), at);
        else if (node.label !== undefined) this.#leave(this.#label(node.label), at);
        return;
      case 'labeled':
        this.builder.place(this.#label(node.label), at);
        this.statement(node.statement);
        return;
      case 'try':
        lowerTry(this, node);
        return;
      case 'lock':
        lowerLock(this, node);
        return;
      case 'using':
        lowerUsing(this, node);
        return;
      case 'fixed':
        lowerFixed(this, node);
        return;
      case 'checked':
      case 'unchecked':
      case 'unsafe':
        this.block(node.body);
        return;
      case 'localFunction':
      case 'empty':
      case 'missing':
    }
  }

  #label(name: string): Label {
    let label = this.#labels.get(name);
    if (!label) this.#labels.set(name, (label = this.builder.label()));
    return label;
  }

  #leave(to: Label | undefined, at: number): void {
    if (to) this.builder.end({ kind: this.depth > this.#exits.depth ? 'leave' : 'jump', to }, at);
  }

  locals({ type, isConst, variables }: StatementOf<'locals'>): void {
    const { expressions } = this;
    for (const variable of variables) {
      const declared = type.kind === 'var' ? undefined : expressions.typeOf(type);
      const name = variable.name.name;
      if (isConst && variable.value) {
        expressions.scope.declare(name, {
          type: declared ?? unknownType,
          operand: { kind: 'temporary', index: -1 },
          isReference: false,
          constant: variable.value,
        });
        continue;
      }
      const isBraces = variable.value?.kind === 'newArray' && variable.value.element === undefined;
      const value = variable.value && expressions.value(variable.value, declared);
      const operand = expressions.declare(name, declared ?? value?.type ?? unknownType);
      void isBraces;
      if (value)
        this.builder.emit({
          kind: 'assign',
          at: variable.span.start,
          end: variable.span.end,
          target: operand,
          value: value.operand,
        });
    }
  }

  branch(test: Operand, then: Label, otherwise: Label, at: number): void {
    this.builder.end({ kind: 'branch', operator: undefined, left: test, right: undefined, then, otherwise }, at);
  }

  #if({ condition, then, otherwise, span }: StatementOf<'if'>): void {
    const [yes, no, after] = [this.builder.label(), this.builder.label(), this.builder.label()];
    this.branch(this.expressions.condition(condition), yes, otherwise ? no : after, span.start);
    this.builder.place(yes, then.span.start);
    this.inScope(() => this.statement(then));
    if (otherwise) {
      this.builder.end({ kind: 'jump', to: after }, otherwise.span.start);
      this.builder.place(no, otherwise.span.start);
      this.inScope(() => this.statement(otherwise));
    }
    this.builder.place(after, span.end);
  }

  loop(work: (breaks: Label, continues: Label) => void): void {
    const outer = this.#exits;
    const [breaks, continues] = [this.builder.label(), this.builder.label()];
    this.#exits = { breaks, continues, depth: this.depth };
    work(breaks, continues);
    this.#exits = outer;
  }

  #switch({ value, sections, span }: StatementOf<'switch'>): void {
    const { expressions } = this;
    const typed = expressions.value(value);
    const outer = this.#exits;
    const breaks = this.builder.label();
    this.#exits = { breaks, continues: outer.continues, depth: this.depth };
    const labels = sections.map(() => this.builder.label());
    const outerCases = this.#cases;
    this.#cases = new Map();
    let fallback = breaks;
    this.inScope(() => {
      for (const [index, section] of sections.entries()) {
        const label = labels[index] ?? breaks;
        for (const { pattern, when, span: at } of section.labels) {
          const name = pattern ? pattern.kind === 'constant' && caseKey(pattern.value) : caseKey('default');
          if (name !== false) this.#cases.set(name, label);
          if (!pattern) {
            fallback = label;
            continue;
          }
          const no = this.builder.label();
          const fits = when ? this.builder.label() : label;
          this.branch(expressions.pattern(pattern, typed), fits, no, at.start);
          if (when) {
            this.builder.place(fits, when.span.start);
            this.branch(expressions.condition(when), label, no, when.span.start);
          }
          this.builder.place(no, at.end);
        }
      }
      this.builder.end({ kind: 'jump', to: fallback }, span.start);
      for (const [index, section] of sections.entries()) {
        this.builder.place(labels[index] ?? breaks, section.span.start);
        this.inScope(() => this.#all(section.statements, 0));
        this.builder.end({ kind: 'jump', to: breaks }, section.span.end);
      }
    });
    this.builder.place(breaks, span.end);
    this.#exits = outer;
    this.#cases = outerCases;
  }
}

/** What tells a case from the others: a literal, or a constant by its name. */
function caseKey(value: Expression | 'default'): string {
  if (value === 'default') return value;
  return value.kind === 'literal' ? `= ${String(value.value)}` : `: ${lastName(value)}`;
}
