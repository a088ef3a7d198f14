// Each time a script hands SQL Server the bytes of an assembly: CREATE ASSEMBLY, what it lists besides, and ALTER ASSEMBLY FROM; and
// each time it raises the permission set of what is there.
import type { AssemblyImage } from '../metadata/assembly.js';
import type { PermissionSetName } from '../knowledge/permission-sets.js';
import type { Span } from '../text/span.js';
import {
  statementsOf,
  type AlterAssembly,
  type CreateAssembly,
  type Expression,
  type Statement,
} from '../tsql/nodes.js';
import type { DeployedAssembly, EmbeddedImage, Project, ScriptFile } from './project.js';
import { certainSetsBeforeOf, type SetsBefore } from './sets-before.js';

export interface Deposit {
  readonly file: ScriptFile;
  readonly statement: CreateAssembly | AlterAssembly;
  /** What hands the bytes over: the statement itself, or CREATE ASSEMBLY of what it raises. */
  readonly handedBy: { readonly file: ScriptFile; readonly statement: CreateAssembly | AlterAssembly };
  /** By its SQL name; what is listed behind the first, by the name in its bytes. */
  readonly name: string;
  /** That name, or the head of its literal. */
  readonly at: Span;
  /** Undefined where it cannot be told. */
  readonly permissionSet: PermissionSetName | undefined;
  /** Undefined where the bytes are not known. */
  readonly image: AssemblyImage | undefined;
  readonly sha512: string | undefined;
  readonly assembly: DeployedAssembly | undefined;
}

export function depositsOf(project: Project): readonly Deposit[] {
  const deployed = deployedBy(project);
  const setsBefore = certainSetsBeforeOf(project);
  return project.scriptsWith('createAssembly', 'alterAssembly').flatMap((file) => {
    const literals = new Map<Statement, EmbeddedImage[]>();
    for (const literal of file.literals) {
      const known = literals.get(literal.statement);
      if (known) known.push(literal);
      else literals.set(literal.statement, [literal]);
    }
    return statementsOf(file.script, 'createAssembly', 'alterAssembly').flatMap((statement) =>
      (statement.kind === 'alterAssembly' ? !statement.from : statement.from.length === 0)
        ? []
        : depositsIn(project, file, statement, literals.get(statement) ?? [], deployed.get(statement), setsBefore),
    );
  });
}

/** ALTER ASSEMBLY … WITH PERMISSION_SET = what is more than CREATE ASSEMBLY said. */
export function raisesOf(project: Project): readonly Deposit[] {
  const deployed = deployedBy(project);
  return project.scriptsWith('alterAssembly').flatMap((file) =>
    statementsOf(file.script, 'alterAssembly').flatMap((statement): readonly Deposit[] => {
      const set = statement.permissionSet?.value;
      const assembly = deployed.get(statement);
      const { created, image } = assembly ?? {};
      if (statement.from || set === undefined || set === 'SAFE' || set === created?.statement.permissionSet?.value)
        return [];
      const handedBy = created ?? { file, statement };
      const sha512 = created?.file.literals.find(
        (one) => one.statement === created.statement && one.index === 0,
      )?.sha512;
      return [
        {
          file,
          statement,
          handedBy,
          name: statement.name.value,
          at: statement.name.span,
          permissionSet: set,
          image,
          sha512,
          assembly,
        },
      ];
    }),
  );
}

/** What gives the bytes: a path, a literal, a variable. */
export function sourceOf({ handedBy: { statement } }: Deposit): Expression | undefined {
  return statement.kind === 'createAssembly' ? statement.from[0] : statement.from;
}

function deployedBy({ assemblies }: Project): ReadonlyMap<object, DeployedAssembly> {
  const deployed = new Map<object, DeployedAssembly>();
  for (const assembly of assemblies) {
    for (const { statement } of [...(assembly.created ? [assembly.created] : []), ...assembly.altered])
      if (!deployed.has(statement)) deployed.set(statement, assembly);
  }
  return deployed;
}

function depositsIn(
  project: Project,
  file: ScriptFile,
  statement: CreateAssembly | AlterAssembly,
  literals: readonly EmbeddedImage[],
  assembly: DeployedAssembly | undefined,
  setsBefore: SetsBefore,
): readonly Deposit[] {
  const permissionSet = statement.permissionSet
    ? statement.permissionSet.value
    : statement.kind === 'createAssembly'
      ? 'SAFE'
      : setsBefore.get(statement);
  const common = { file, statement, handedBy: { file, statement }, permissionSet, assembly };
  if (literals.length > 0)
    return literals.map(({ image, index, sha512, head }) => ({
      ...common,
      name: index === 0 ? statement.name.value : (image?.code.identity.name ?? statement.name.value),
      at: index === 0 ? statement.name.span : head,
      image,
      sha512,
    }));
  const image = statement.kind === 'createAssembly' ? assembly?.image : undefined;
  const sha512 = image && project.images.find((one) => one.image === image)?.sha512;
  return [
    {
      ...common,
      name: statement.name.value,
      at: statement.name.span,
      image: sha512 === undefined ? undefined : image,
      sha512,
    },
  ];
}
