// Statements as blocks: loops, jumps, protected regions, and the calls the compiler makes for `lock`, `using`, `foreach`.
import type { Operand } from '../code/body.js';
import type { TypeRef } from '../code/model.js';
import type { BodyBuilder, Label } from './body-builder.js';
import { ExpressionLowering } from './lower-expression.js';
import type { LoweringInput, Typed } from './lowering.js';
import type { BlockStatement, BodyNode, Expression, Statement } from './nodes.js';
import { Scope } from './scope.js';
import { systemType, unknownType, type NamedType } from './symbols.js';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** Where `break` and `continue` go, and how deep in protected regions that is. */
interface Exits {
  readonly breaks: Label | undefined;
  readonly continues: Label | undefined;
  readonly depth: number;
}

export class StatementLowering {
  readonly expressions: ExpressionLowering;
  readonly #builder: BodyBuilder;
  readonly #returns: TypeRef;
  readonly #labels = new Map<string, Label>();
  #exits: Exits = { breaks: undefined, continues: undefined, depth: 0 };
  /** Protected regions around. */
  #depth = 0;
  /** Of what is returned, where the type is to be found out. */
  returned: TypeRef | undefined;
  yields = false;

  constructor(input: LoweringInput, scope: Scope, returns: TypeRef) {
    this.expressions = new ExpressionLowering(input, scope);
    this.#builder = input.builder;
    this.#returns = returns;
  }

  body(node: BodyNode): void {
    if (node.kind === 'block') {
      this.#block(node);
      return;
    }
    const isVoid = this.#returns.kind === 'named' && this.#returns.name === 'System.Void';
    if (isVoid) this.expressions.effect(node.value);
    else this.#return(node.value, node.value.span.start);
  }

  #return(value: Expression | undefined, at: number): void {
    const typed = value && this.expressions.value(value, this.#returns.kind === 'unknown' ? undefined : this.#returns);
    if (typed && !this.returned) this.returned = typed.type;
    this.#builder.end({ kind: 'return', value: typed?.operand }, at);
  }

  #inScope(work: () => void): void {
    const outer = this.expressions.scope;
    this.expressions.scope = new Scope(outer);
    work();
    this.expressions.scope = outer;
  }

  #block({ statements }: BlockStatement): void {
    this.#inScope(() => this.#all(statements, 0));
  }

  /** A `using` declaration takes the rest of its block. */
  #all(statements: readonly Statement[], from: number): void {
    for (const statement of statements)
      if (statement.kind === 'localFunction') this.expressions.scope.declareFunction(statement.function);
    for (let index = from; index < statements.length; index++) {
      const statement = statements[index];
      if (!statement) continue;
      if (statement.kind === 'locals' && statement.isUsing) {
        this.#statement({ ...statement, isUsing: false });
        const resources = statement.variables.map(({ name }) => this.expressions.scope.find(name.name));
        this.#protected(
          () => this.#all(statements, index + 1),
          () => resources.forEach((one) => one && this.#dispose({ operand: one.operand, type: one.type }, statement)),
          statement.span.start,
        );
        return;
      }
      this.#statement(statement);
    }
  }

  #statement(node: Statement): void {
    const at = node.span.start;
    const { expressions } = this;
    switch (node.kind) {
      case 'block':
        this.#block(node);
        return;
      case 'expression':
        expressions.effect(node.value);
        return;
      case 'locals':
        this.#locals(node);
        return;
      case 'if':
        this.#if(node);
        return;
      case 'while':
      case 'do':
        this.#while(node);
        return;
      case 'for':
        this.#for(node);
        return;
      case 'foreach':
        this.#foreach(node);
        return;
      case 'switch':
        this.#switch(node);
        return;
      case 'return':
        this.#return(node.value, at);
        return;
      case 'throw':
        if (node.value) this.#builder.end({ kind: 'throw', value: expressions.value(node.value).operand }, at);
        else this.#builder.end({ kind: 'rethrow' }, at);
        return;
      case 'yieldReturn':
        this.yields = true;
        if (node.value) expressions.value(node.value);
        return;
      case 'yieldBreak':
        this.yields = true;
        this.#builder.end({ kind: 'return', value: undefined }, at);
        return;
      case 'break':
        this.#leave(this.#exits.breaks, at);
        return;
      case 'continue':
        this.#leave(this.#exits.continues, at);
        return;
      case 'goto':
        if (node.label !== undefined) this.#leave(this.#label(node.label), at);
        return;
      case 'labeled':
        this.#builder.place(this.#label(node.label), at);
        this.#statement(node.statement);
        return;
      case 'try':
        this.#try(node);
        return;
      case 'lock':
        this.#lock(node);
        return;
      case 'using':
        this.#using(node);
        return;
      case 'fixed':
        this.#fixed(node);
        return;
      case 'checked':
      case 'unchecked':
      case 'unsafe':
        this.#block(node.body);
        return;
      case 'localFunction':
      case 'empty':
      case 'missing':
    }
  }

  #label(name: string): Label {
    let label = this.#labels.get(name);
    if (!label) this.#labels.set(name, (label = this.#builder.label()));
    return label;
  }

  #leave(to: Label | undefined, at: number): void {
    if (to) this.#builder.end({ kind: this.#depth > this.#exits.depth ? 'leave' : 'jump', to }, at);
  }

  #locals({ type, isConst, variables }: Of<'locals'>): void {
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
        this.#builder.emit({
          kind: 'assign',
          at: variable.span.start,
          end: variable.span.end,
          target: operand,
          value: value.operand,
        });
    }
  }

  #branch(test: Operand, then: Label, otherwise: Label, at: number): void {
    this.#builder.end({ kind: 'branch', operator: undefined, left: test, right: undefined, then, otherwise }, at);
  }

  #if({ condition, then, otherwise, span }: Of<'if'>): void {
    const [yes, no, after] = [this.#builder.label(), this.#builder.label(), this.#builder.label()];
    this.#branch(this.expressions.condition(condition), yes, otherwise ? no : after, span.start);
    this.#builder.place(yes, then.span.start);
    this.#inScope(() => this.#statement(then));
    if (otherwise) {
      this.#builder.end({ kind: 'jump', to: after }, otherwise.span.start);
      this.#builder.place(no, otherwise.span.start);
      this.#inScope(() => this.#statement(otherwise));
    }
    this.#builder.place(after, span.end);
  }

  #loop(work: (breaks: Label, continues: Label) => void): void {
    const outer = this.#exits;
    const [breaks, continues] = [this.#builder.label(), this.#builder.label()];
    this.#exits = { breaks, continues, depth: this.#depth };
    work(breaks, continues);
    this.#exits = outer;
  }

  #while({ kind, condition, body, span }: Of<'while' | 'do'>): void {
    this.#loop((breaks, continues) => {
      const again = this.#builder.label();
      if (kind === 'while') {
        this.#builder.place(continues, span.start);
        this.#branch(this.expressions.condition(condition), again, breaks, span.start);
        this.#builder.place(again, body.span.start);
        this.#inScope(() => this.#statement(body));
        this.#builder.end({ kind: 'jump', to: continues }, body.span.end);
      } else {
        this.#builder.place(again, span.start);
        this.#inScope(() => this.#statement(body));
        this.#builder.place(continues, body.span.end);
        this.#branch(this.expressions.condition(condition), again, breaks, condition.span.start);
      }
      this.#builder.place(breaks, span.end);
    });
  }

  #for({ first, condition, next, body, span }: Of<'for'>): void {
    this.#inScope(() => {
      for (const statement of first) this.#statement(statement);
      this.#loop((breaks, continues) => {
        const [test, inside] = [this.#builder.label(), this.#builder.label()];
        this.#builder.place(test, span.start);
        if (condition) this.#branch(this.expressions.condition(condition), inside, breaks, condition.span.start);
        this.#builder.place(inside, body.span.start);
        this.#inScope(() => this.#statement(body));
        this.#builder.place(continues, body.span.end);
        for (const one of next) this.expressions.effect(one);
        this.#builder.end({ kind: 'jump', to: test }, span.end);
        this.#builder.place(breaks, span.end);
      });
    });
  }

  #foreach(node: Of<'foreach'>): void {
    const { expressions } = this;
    const values = expressions.value(node.values);
    this.#inScope(() => {
      if (values.type.kind === 'array') {
        const element = values.type.element;
        this.#iterate(node, element, (target) => {
          const result = this.#builder.temporary();
          this.#builder.emit({
            kind: 'loadElement',
            at: node.span.start,
            array: values.operand,
            index: { kind: 'temporary', index: this.#builder.temporary() },
            result,
          });
          this.#builder.emit({
            kind: 'assign',
            at: node.span.start,
            target,
            value: { kind: 'temporary', index: result },
          });
        });
        return;
      }
      if (values.type.kind === 'named' && values.type.name === 'System.String') {
        this.#iterate(
          node,
          systemType('Char'),
          (target) => {
            const read = expressions.characterOf(values, node.values);
            this.#builder.emit({ kind: 'assign', at: node.span.start, target, value: read.operand });
          },
          () => expressions.readProperty(values, 'Length', node.values)?.operand,
        );
        return;
      }
      const enumerator = this.#enumerator(values, node);
      if (!enumerator) {
        this.#iterate(node, unknownType, () => undefined);
        return;
      }
      const isDisposable =
        expressions.isDerivedFrom(enumerator.type, 'System.IDisposable') || isPlainEnumerator(enumerator.type);
      const loop = (): void => {
        const current = (): Typed | undefined => expressions.readProperty(enumerator, 'Current', node.values);
        this.#iterate(
          node,
          expressions.elementOf(values.type),
          (target, declared) => {
            const value = current();
            if (value)
              this.#builder.emit({
                kind: 'assign',
                at: node.span.start,
                target,
                value: expressions.convert(value, declared, node.values).operand,
              });
          },
          () => expressions.callMember(enumerator, 'MoveNext', node.values)?.operand,
          current,
        );
      };
      if (isDisposable) this.#protected(loop, () => this.#dispose(enumerator, node.values), node.span.start);
      else loop();
    });
  }

  #enumerator(values: Typed, node: Of<'foreach'>): Typed | undefined {
    if (values.type.kind === 'unknown') return undefined;
    return this.expressions.callMember(values, 'GetEnumerator', node.values);
  }

  #iterate(
    node: Of<'foreach'>,
    element: TypeRef,
    next: (target: Operand, declared: TypeRef) => void,
    more: () => Operand | undefined = () => undefined,
    current?: () => Typed | undefined,
  ): void {
    void current;
    this.#loop((breaks, continues) => {
      const inside = this.#builder.label();
      this.#builder.place(continues, node.span.start);
      this.#branch(more() ?? { kind: 'temporary', index: this.#builder.temporary() }, inside, breaks, node.span.start);
      this.#builder.place(inside, node.body.span.start);
      this.#inScope(() => {
        const declared = node.type.kind === 'var' ? element : this.expressions.typeOf(node.type);
        next(this.expressions.declare(node.name?.name, declared), declared);
        this.#statement(node.body);
      });
      this.#builder.end({ kind: 'jump', to: continues }, node.body.span.end);
      this.#builder.place(breaks, node.span.end);
    });
  }

  #switch({ value, sections, span }: Of<'switch'>): void {
    const { expressions } = this;
    const typed = expressions.value(value);
    const outer = this.#exits;
    const breaks = this.#builder.label();
    this.#exits = { breaks, continues: outer.continues, depth: this.#depth };
    const labels = sections.map(() => this.#builder.label());
    let fallback = breaks;
    this.#inScope(() => {
      for (const [index, section] of sections.entries()) {
        const label = labels[index] ?? breaks;
        for (const { pattern, when, span: at } of section.labels) {
          if (!pattern) {
            fallback = label;
            continue;
          }
          const no = this.#builder.label();
          this.#branch(expressions.pattern(pattern, typed), label, no, at.start);
          if (when) expressions.condition(when);
          this.#builder.place(no, at.end);
        }
      }
      this.#builder.end({ kind: 'jump', to: fallback }, span.start);
      for (const [index, section] of sections.entries()) {
        this.#builder.place(labels[index] ?? breaks, section.span.start);
        this.#inScope(() => this.#all(section.statements, 0));
        this.#builder.end({ kind: 'jump', to: breaks }, section.span.end);
      }
    });
    this.#builder.place(breaks, span.end);
    this.#exits = outer;
  }

  #try(node: Of<'try'>): void {
    if (node.finally) {
      const { finally: last } = node;
      this.#protected(
        () => (node.catches.length > 0 ? this.#caught(node) : this.#block(node.block)),
        () => this.#block(last),
        node.span.start,
      );
    } else this.#caught(node);
  }

  #caught({ block, catches, span }: Of<'try'>): void {
    const after = this.#builder.label();
    const first = this.#builder.boundary(span.start);
    this.#depth++;
    this.#block(block);
    this.#depth--;
    this.#builder.end({ kind: 'leave', to: after }, block.span.end);
    const tried = { first, end: this.#builder.boundary(block.span.end) };
    for (const clause of catches) {
      const exception = this.#builder.temporary();
      const type = clause.type ? this.expressions.typeOf(clause.type) : systemType('Object');
      const start = this.#builder.boundary(clause.span.start);
      this.#depth++;
      this.#inScope(() => {
        if (clause.name) {
          const target = this.expressions.declare(clause.name.name, type);
          this.#builder.emit({
            kind: 'assign',
            at: clause.span.start,
            target,
            value: { kind: 'temporary', index: exception },
          });
        }
        if (clause.when) this.expressions.condition(clause.when);
        this.#block(clause.block);
      });
      this.#depth--;
      this.#builder.end({ kind: 'leave', to: after }, clause.span.end);
      const end = this.#builder.boundary(clause.span.end);
      this.#builder.region({ kind: 'catch', tried, handler: { first: start, end }, type, exception });
    }
    this.#builder.place(after, span.end);
  }

  /** `try { … } finally { … }`. */
  #protected(work: () => void, last: () => void, at: number): void {
    const after = this.#builder.label();
    const first = this.#builder.boundary(at);
    this.#depth++;
    work();
    this.#depth--;
    this.#builder.end({ kind: 'leave', to: after }, at);
    const middle = this.#builder.boundary(at);
    this.#depth++;
    last();
    this.#depth--;
    this.#builder.end({ kind: 'endFinally' }, at);
    const end = this.#builder.boundary(at);
    this.#builder.region({ kind: 'finally', tried: { first, end: middle }, handler: { first: middle, end } });
    this.#builder.place(after, at);
  }

  #dispose(resource: Typed, node: { readonly span: { readonly start: number; readonly end: number } }): void {
    const disposable: NamedType = systemType('IDisposable');
    this.expressions.callMember({ operand: resource.operand, type: disposable }, 'Dispose', node);
  }

  #lock({ value, body, span }: Of<'lock'>): void {
    const { expressions } = this;
    const typed = expressions.value(value);
    const gate = this.#builder.local(typed.type);
    const taken = this.#builder.local(systemType('Boolean'));
    this.#builder.emit({ kind: 'assign', at: span.start, target: gate, value: typed.operand });
    const monitor: NamedType = { kind: 'named', name: 'System.Threading.Monitor', assembly: 'mscorlib', arguments: [] };
    const at: Expression = { kind: 'missing', span: { start: span.start, end: value.span.end } };
    this.#protected(
      () => {
        const address = this.#builder.temporary();
        this.#builder.emit({ kind: 'addressOf', at: span.start, variable: taken, result: address });
        expressions.callLock(monitor, gate, { kind: 'temporary', index: address }, at);
        this.#inScope(() => this.#statement(body));
      },
      () => void expressions.callStatic(monitor, 'Exit', [{ operand: gate, type: systemType('Object') }], at),
      span.start,
    );
  }

  #using({ resource, body, span }: Of<'using'>): void {
    this.#inScope(() => {
      let resources: readonly Typed[];
      if (resource.kind === 'locals') {
        this.#locals(resource);
        resources = resource.variables.flatMap(({ name }) => this.expressions.scope.find(name.name) ?? []);
      } else resources = resource.kind === 'expression' ? [this.expressions.value(resource.value)] : [];
      this.#protected(
        () => this.#statement(body),
        () => resources.forEach((one) => this.#dispose(one, resource)),
        span.start,
      );
    });
  }

  #fixed({ type, variables, body }: Of<'fixed'>): void {
    this.#inScope(() => {
      const declared = this.expressions.typeOf(type);
      for (const { name, value, span } of variables) {
        const typed = value && this.expressions.value(value);
        const operand = this.expressions.declare(name.name, declared);
        if (typed) this.#builder.emit({ kind: 'assign', at: span.start, target: operand, value: typed.operand });
      }
      this.#statement(body);
    });
  }
}

/** What a collection without type arguments gives is looked at for IDisposable when it is done. */
function isPlainEnumerator(type: TypeRef): boolean {
  return type.kind === 'named' && type.name === 'System.Collections.IEnumerator';
}
