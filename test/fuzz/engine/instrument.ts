// Makes JavaScript of a TypeScript module, with a counter on every branch: the arms of `if`, `?:`, `switch` and loops, the right side
// of `&&`, `||` and `??`, defaults, `catch`, and functions. The counters are one array that all modules share, so a look at
// what an input reached costs a pass over some hundred numbers. (V8's own precise coverage knows the same, but a question to it costs
// milliseconds: two hundred inputs a second instead of tens of thousands.)
import ts from 'typescript'
import { COUNTERS_NAME } from './counters-name.ts'

/** A branch that an input may reach. */
export interface Branch {
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly kind: string
  /** The innermost named function or method that it lies in; empty outside of any. */
  readonly inside: string
  /** The line, without the blanks around it. */
  readonly text: string
}

const LOCAL_NAME = '__branches'

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  rewriteRelativeImportExtensions: true,
}

/** The module without types, and otherwise as it is. */
export function toJavaScript(source: string, file: string): string {
  return ts.transpileModule(source, { compilerOptions: OPTIONS, fileName: file }).outputText
}

/** The module with counters; its branches are added to `branches`, and their indexes there are those of their counters. */
export function instrument(source: string, file: string, branches: Branch[]): string {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: OPTIONS,
    fileName: file,
    transformers: {
      before: [
        (context) => (sourceFile) => new Instrumenter(context, sourceFile, file, branches).file(),
      ],
    },
  })
  return `const ${LOCAL_NAME} = globalThis.${COUNTERS_NAME};\n${outputText}`
}

const RIGHT_SIDES: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.AmpersandAmpersandToken, '&&'],
  [ts.SyntaxKind.BarBarToken, '||'],
  [ts.SyntaxKind.QuestionQuestionToken, '??'],
  [ts.SyntaxKind.AmpersandAmpersandEqualsToken, '&&='],
  [ts.SyntaxKind.BarBarEqualsToken, '||='],
  [ts.SyntaxKind.QuestionQuestionEqualsToken, '??='],
])

class Instrumenter {
  readonly #factory: ts.NodeFactory
  readonly #context: ts.TransformationContext
  readonly #source: ts.SourceFile
  readonly #file: string
  readonly #branches: Branch[]
  readonly #functions: string[] = []
  readonly #lines: readonly string[]

  constructor(
    context: ts.TransformationContext,
    source: ts.SourceFile,
    file: string,
    branches: Branch[],
  ) {
    this.#factory = context.factory
    this.#context = context
    this.#source = source
    this.#lines = source.text.split('\n')
    this.#file = file
    this.#branches = branches
  }

  file(): ts.SourceFile {
    return ts.visitEachChild(this.#source, this.#visit, this.#context)
  }

  readonly #visit = (node: ts.Node): ts.Node => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return node
    const name = nameOfFunction(node)
    if (name !== undefined) this.#functions.push(name)
    const counted = this.#counted(ts.visitEachChild(node, this.#visit, this.#context), node)
    if (name !== undefined) this.#functions.pop()
    return counted
  }

  /** @param node with its children done; @param from the node as it stands in the source, which knows its line */
  #counted(node: ts.Node, from: ts.Node): ts.Node {
    const { factory } = this.#context
    if (ts.isIfStatement(node)) {
      const original = from as ts.IfStatement
      return factory.updateIfStatement(
        node,
        node.expression,
        this.#statement(node.thenStatement, original.thenStatement, 'if'),
        this.#statement(
          node.elseStatement ?? factory.createBlock([]),
          original.elseStatement ?? original,
          'else',
        ),
      )
    }
    if (ts.isConditionalExpression(node)) {
      const original = from as ts.ConditionalExpression
      return factory.updateConditionalExpression(
        node,
        node.condition,
        node.questionToken,
        this.#expression(node.whenTrue, original.whenTrue, '?'),
        node.colonToken,
        this.#expression(node.whenFalse, original.whenFalse, ':'),
      )
    }
    if (ts.isBinaryExpression(node)) return this.#rightSide(node, from as ts.BinaryExpression)
    if (ts.isCaseClause(node)) {
      if (node.statements.length === 0) return node
      return factory.updateCaseClause(
        node,
        node.expression,
        this.#after(node.statements, from, 'case'),
      )
    }
    if (ts.isDefaultClause(node)) {
      return factory.updateDefaultClause(node, this.#after(node.statements, from, 'default'))
    }
    if (ts.isCatchClause(node)) {
      const block = this.#block(node.block, from, 'catch')
      return factory.updateCatchClause(node, node.variableDeclaration, block)
    }
    return this.#loopOrFunction(node, from)
  }

  #rightSide(node: ts.BinaryExpression, from: ts.BinaryExpression): ts.Node {
    const kind = RIGHT_SIDES.get(node.operatorToken.kind)
    if (kind === undefined) return node
    const right = this.#expression(node.right, from.right, kind)
    return this.#factory.updateBinaryExpression(node, node.left, node.operatorToken, right)
  }

  #loopOrFunction(node: ts.Node, from: ts.Node): ts.Node {
    const factory = this.#factory
    if (ts.isForStatement(node)) {
      const { initializer, condition, incrementor, statement } = node
      const body = this.#statement(statement, from, 'loop')
      return factory.updateForStatement(node, initializer, condition, incrementor, body)
    }
    if (ts.isForOfStatement(node)) {
      const { awaitModifier, initializer, expression, statement } = node
      const body = this.#statement(statement, from, 'loop')
      return factory.updateForOfStatement(node, awaitModifier, initializer, expression, body)
    }
    if (ts.isWhileStatement(node)) {
      const body = this.#statement(node.statement, from, 'loop')
      return factory.updateWhileStatement(node, node.expression, body)
    }
    if (ts.isFunctionDeclaration(node) && node.body !== undefined) {
      const { modifiers, asteriskToken, name, typeParameters, parameters, type } = node
      const body = this.#block(node.body, from, 'function')
      return factory.updateFunctionDeclaration(
        ...([
          node,
          modifiers,
          asteriskToken,
          name,
          typeParameters,
          parameters,
          type,
          body,
        ] as const),
      )
    }
    if (ts.isMethodDeclaration(node) && node.body !== undefined) {
      const { modifiers, asteriskToken, name, questionToken, typeParameters, parameters, type } =
        node
      const body = this.#block(node.body, from, 'method')
      return factory.updateMethodDeclaration(
        ...([
          node,
          modifiers,
          asteriskToken,
          name,
          questionToken,
          typeParameters,
          parameters,
          type,
          body,
        ] as const),
      )
    }
    if (ts.isParameter(node) && node.initializer !== undefined) {
      const { modifiers, dotDotDotToken, name, questionToken, type } = node
      const value = this.#expression(node.initializer, from, 'default')
      return factory.updateParameterDeclaration(
        ...([node, modifiers, dotDotDotToken, name, questionToken, type, value] as const),
      )
    }
    return node
  }

  #count(from: ts.Node, kind: string): ts.Expression {
    const place = this.#source.getLineAndCharacterOfPosition(from.getStart(this.#source))
    const inside = this.#functions.at(-1) ?? ''
    const text = this.#lines[place.line]?.trim() ?? ''
    this.#branches.push({ file: this.#file, line: place.line + 1, kind, inside, text })
    const factory = this.#factory
    const counter = factory.createElementAccessExpression(
      factory.createIdentifier(LOCAL_NAME),
      this.#branches.length - 1,
    )
    return factory.createPostfixIncrement(counter)
  }

  #expression(node: ts.Expression, from: ts.Node, kind: string): ts.Expression {
    const factory = this.#factory
    return factory.createParenthesizedExpression(
      factory.createCommaListExpression([this.#count(from, kind), node]),
    )
  }

  #after(statements: ts.NodeArray<ts.Statement>, from: ts.Node, kind: string): ts.Statement[] {
    return [this.#factory.createExpressionStatement(this.#count(from, kind)), ...statements]
  }

  #block(block: ts.Block, from: ts.Node, kind: string): ts.Block {
    return this.#factory.updateBlock(block, this.#after(block.statements, from, kind))
  }

  #statement(node: ts.Statement, from: ts.Node, kind: string): ts.Statement {
    if (ts.isBlock(node)) return this.#block(node, from, kind)
    const count = this.#factory.createExpressionStatement(this.#count(from, kind))
    return this.#factory.createBlock([count, node], true)
  }
}

function nameOfFunction(node: ts.Node): string | undefined {
  const isNamed =
    ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessor(node)
  return isNamed ? node.name?.getText() : undefined
}
