/** A kernel in C++, which bench/isa/wgsl.h completes. */
export interface Translation {
  /** The types, constants and the struct `Kernel`: a member for each binding, and one for each function. */
  readonly code: string;
  /** The entry points, such as `main`, which is `Kernel::fn_main`: their arguments as names of WGSL's built-in values. */
  readonly entryPoints: ReadonlyMap<string, readonly string[]>;
  readonly bindings: readonly Binding[];
  /** The variables that a workgroup shares. WGSL has them zero at first. */
  readonly shared: readonly string[];
}

/** A variable that the host binds. */
export interface Binding {
  readonly name: string;
  readonly binding: number;
  /** The C++ type of an element of the array. */
  readonly element: string;
  /** Whether the length is known where the kernel is compiled, as that of the rows of parameters. */
  readonly sized: boolean;
  readonly writable: boolean;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[^]*?\*\/|\s+|([A-Za-z_]\w*|0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?[iufh]?|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[iufh]?|->|==|!=|<=|&&|\|\||\+\+|--|<<=|<<|[-+*/%&|^]=|[^])/y;

/** Types with arguments, by which `<` is told from a comparison. */
const TEMPLATES = ['vec2', 'vec3', 'vec4', 'array', 'ptr', 'bitcast'];

/** Words that are free in WGSL and not in C++. */
const RESERVED = new Set(
  'asm auto catch char class delete double explicit extern float friend goto inline int long mutable namespace new operator private protected public register short signed sizeof static template this throw try typedef typename union unsigned using virtual void volatile'.split(
    ' ',
  ),
);

/**
 * A linked kernel as C++. It knows the WGSL that the kernels use, and refuses what it does not know.
 *
 * WGSL's expressions are those of C++ but for a few words, so they are taken token by token. Declarations and
 * statements are parsed.
 * @param constants values of overrides
 * @throws Error where a construct is unknown
 */
export function translate(wgsl: string, constants: Readonly<Record<string, number>>): Translation {
  return new Translator(tokensOf(wgsl), constants).module();
}

/** The name in C++ of a variable or a member. */
export function nameInCpp(name: string): string {
  return RESERVED.has(name) ? `${name}_` : name;
}

/** The words and signs. Only `>` is never part of a longer one, because it may end two types. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null && match[0] !== ''; match = TOKEN.exec(text))
    if (match[1] !== undefined) tokens.push(match[1]);
  return tokens;
}

class Translator {
  private at = 0;
  private readonly functions: Set<string>;
  private readonly structs = new Map<string, string>();
  private readonly constantsOf = new Map<string, string>();
  private readonly members: string[] = [];
  private readonly bindings: Binding[] = [];
  private readonly shared = new Map<string, string>();
  private readonly entryPoints = new Map<string, string[]>();

  constructor(
    private readonly tokens: readonly string[],
    private readonly constants: Readonly<Record<string, number>>,
  ) {
    this.functions = new Set(tokens.filter((_, i) => tokens[i - 1] === 'fn'));
  }

  module(): Translation {
    while (this.at < this.tokens.length) this.declaration();
    const types = [...inOrder(this.structs).values()];
    const constants = [...inOrder(this.constantsOf).values()];
    const fields = this.bindings.map(({ name, element, sized, writable }) =>
      sized ? `const ${element}* ${name};` : `buffer<${writable ? '' : 'const '}${element}> ${name};`,
    );
    const code = `namespace wgsl {
${constants.join('\n')}
${types.join('\n')}
${[...this.shared.values()].join('\n')}
struct Kernel {
${fields.join('\n')}
${this.members.join('\n')}
};
}  // namespace wgsl
`;
    return {
      code,
      entryPoints: this.entryPoints,
      bindings: this.bindings,
      shared: [...this.shared.keys()],
    };
  }

  private get next(): string {
    return this.tokens[this.at] ?? '';
  }

  private take(): string {
    if (this.at >= this.tokens.length) throw new Error('the kernel ends within a declaration');
    return this.tokens[this.at++];
  }

  private accept(token: string): boolean {
    if (this.next !== token) return false;
    this.at++;
    return true;
  }

  private expect(token: string): void {
    const got = this.take();
    if (got !== token) throw new Error(`expected ${token} in the kernel, got ${got}`);
  }

  private name(): string {
    return nameInCpp(this.take());
  }

  /** The attributes before a declaration, such as `builtin` with its words. */
  private attributes(): Map<string, string> {
    const found = new Map<string, string>();
    while (this.accept('@')) {
      const name = this.take();
      let words = '';
      if (this.accept('(')) {
        while (!this.accept(')')) words += this.take();
      }
      found.set(name, words);
    }
    return found;
  }

  private declaration(): void {
    if (this.accept(';')) return;
    const attributes = this.attributes();
    const word = this.take();
    if (word === 'struct') this.struct();
    else if (word === 'fn') this.function(attributes.has('compute'));
    else if (word === 'const') this.constant(undefined);
    else if (word === 'override') this.constant(this.constants);
    else if (word === 'var') this.variable(Number(attributes.get('binding')));
    else throw new Error(`the translation to C++ does not know the declaration ${word} ${this.next}`);
  }

  private struct(): void {
    const name = this.name();
    const members: { name: string; type: string }[] = [];
    this.expect('{');
    while (!this.accept('}')) {
      this.attributes();
      const member = this.name();
      this.expect(':');
      members.push({ name: member, type: this.type() });
      this.accept(',');
    }
    const fields = members.map(({ name, type }) => `${type} ${name};`).join(' ');
    const args = members.map(({ name, type }) => `${type} ${name}_`).join(', ');
    const inits = members.map(({ name }) => `${name}(${name}_)`).join(', ');
    this.structs.set(
      name,
      `struct ${name} { ${fields} INLINE ${name}() {} INLINE ${name}(${args}) : ${inits} {} };`,
    );
  }

  private constant(values: Readonly<Record<string, number>> | undefined): void {
    const name = this.name();
    const type = this.accept(':') ? this.type() : 'auto';
    const initial = this.accept('=') ? this.expression([';']) : undefined;
    this.expect(';');
    const value = values !== undefined && Object.hasOwn(values, name) ? `(${type})${values[name]}` : initial;
    if (value === undefined) throw new Error(`the override ${name} has no value`);
    this.constantsOf.set(name, `constexpr ${type} ${name} = ${value};`);
  }

  private variable(binding: number): void {
    const words: string[] = [];
    this.expect('<');
    while (!this.accept('>')) words.push(this.take());
    if (words.join('') === 'workgroup') this.workgroupVariable();
    else if (Number.isNaN(binding))
      throw new Error(`the translation to C++ does not know variables of ${words.join('')}`);
    else this.binding(binding, words.includes('read_write'));
  }

  private workgroupVariable(): void {
    const name = this.name();
    let length = '';
    this.expect(':');
    const isArray = this.accept('array');
    if (isArray) this.expect('<');
    const type = this.type();
    if (isArray) {
      this.expect(',');
      length = `[${this.expression(['>'])}]`;
      this.expect('>');
    }
    this.expect(';');
    this.shared.set(name, `SHARED ${type} ${name}${length};`);
  }

  private binding(binding: number, writable: boolean): void {
    const name = this.name();
    this.expect(':');
    this.expect('array');
    this.expect('<');
    const element = this.type();
    const sized = this.accept(',');
    if (sized) this.expression(['>']);
    this.expect('>');
    this.expect(';');
    this.bindings.push({ name, binding, element, sized, writable });
  }

  private type(): string {
    const name = this.take();
    if (!this.accept('<')) return name;
    if (name === 'ptr') {
      this.expect('function');
      this.expect(',');
      const type = this.type();
      this.expect('>');
      return `${type}*`;
    }
    if (name === 'atomic') {
      const type = this.type();
      this.expect('>');
      return type;
    }
    if (!/^vec[234]$/.test(name)) throw new Error(`the translation to C++ does not know the type ${name}`);
    const type = this.type();
    this.expect('>');
    return `${name}<${type}>`;
  }

  private function(isEntryPoint: boolean): void {
    const name = this.take();
    const builtins: string[] = [];
    const params: string[] = [];
    this.expect('(');
    while (!this.accept(')')) {
      const attributes = this.attributes();
      builtins.push(attributes.get('builtin') ?? 'none');
      const param = this.name();
      this.expect(':');
      params.push(`${this.type()} ${param}`);
      this.accept(',');
    }
    if (isEntryPoint) this.entryPoints.set(name, builtins);
    this.attributes();
    let result = 'void';
    if (this.accept('->')) {
      this.attributes();
      result = this.type();
    }
    const body = this.block();
    this.members.push(`INLINE ${result} fn_${name}(${params.join(', ')}) const ${body}`);
  }

  private block(): string {
    this.expect('{');
    const statements: string[] = [];
    while (!this.accept('}')) statements.push(this.statement());
    return `{\n${statements.join('\n')}\n}`;
  }

  private statement(): string {
    if (this.next === '{') return this.block();
    if (this.accept(';')) return ';';
    const word = this.next;
    if (word === 'if') return this.branch();
    if (word === 'for') return this.forLoop();
    if (word === 'while') return this.whileLoop();
    if (word === 'loop') return this.loop();
    if (word === 'switch') throw new Error('the translation to C++ does not know switch');
    const simple = this.simple();
    this.expect(';');
    return `${simple};`;
  }

  /** A statement that `;` ends, without it. */
  private simple(): string {
    const word = this.next;
    if (word === 'let' || word === 'const' || word === 'var') {
      this.at++;
      const name = this.name();
      const type = this.accept(':') ? this.type() : 'auto';
      if (!this.accept('=')) return `${type} ${name} = ${type}()`;
      return `${word === 'var' ? '' : 'const '}${type} ${name} = ${this.expression([';'])}`;
    }
    if (word === 'return') {
      this.at++;
      return this.next === ';' ? 'return' : `return ${this.expression([';'])}`;
    }
    if (word === 'break' || word === 'continue') {
      this.at++;
      return word;
    }
    if (word === '_') {
      this.at++;
      this.expect('=');
      return `(void)(${this.expression([';'])})`;
    }
    return this.expression([';', ')']);
  }

  private branch(): string {
    this.expect('if');
    const condition = this.expression(['{']);
    let code = `if (${condition}) ${this.block()}`;
    if (this.accept('else')) code += ` else ${this.next === 'if' ? this.branch() : this.block()}`;
    return code;
  }

  private forLoop(): string {
    this.expect('for');
    this.expect('(');
    const init = this.next === ';' ? '' : this.simple();
    this.expect(';');
    const condition = this.next === ';' ? '' : this.expression([';']);
    this.expect(';');
    const step = this.next === ')' ? '' : this.simple();
    this.expect(')');
    return `for (${init}; ${condition}; ${step}) ${this.block()}`;
  }

  private whileLoop(): string {
    this.expect('while');
    const condition = this.expression(['{']);
    return `while (${condition}) ${this.block()}`;
  }

  /** What follows `continuing` is the end of each turn, as long as no `continue` leads there. */
  private loop(): string {
    this.expect('loop');
    this.expect('{');
    const statements: string[] = [];
    const from = this.at;
    while (!this.accept('}')) {
      if (!this.accept('continuing')) {
        statements.push(this.statement());
        continue;
      }
      if (this.tokens.slice(from, this.at).includes('continue'))
        throw new Error('the translation to C++ does not know continue in a loop with continuing');
      this.expect('{');
      while (!this.accept('}')) {
        if (this.next === 'break' && this.tokens[this.at + 1] === 'if') {
          this.at += 2;
          statements.push(`if (${this.expression([';'])}) break;`);
          this.expect(';');
        } else statements.push(this.statement());
      }
    }
    return `for (;;) {\n${statements.join('\n')}\n}`;
  }

  /** The tokens up to one that ends the expression, outside of its brackets. */
  private expression(ends: readonly string[]): string {
    const words: string[] = [];
    let depth = 0;
    while (depth > 0 || !ends.includes(this.next)) {
      const token = this.take();
      if (token === '(' || token === '[') depth++;
      if (token === ')' || token === ']') depth--;
      if (token === '.') words.push(`.${this.member()}`);
      else if (/^[A-Za-z_]/.test(token)) words.push(this.word(token));
      else if (/^[\d.]/.test(token)) words.push(literal(token));
      else if (token === '>' && this.accept('>')) words.push(this.accept('=') ? '>>=' : '>>');
      else if (token === '>' && this.accept('=')) words.push('>=');
      else words.push(token);
    }
    return words.join(' ');
  }

  /** A member, or the function that a swizzle is. */
  private member(): string {
    const name = this.name();
    return /^[xyzw]{2,4}$/.test(name) ? `${name}()` : name;
  }

  private word(token: string): string {
    if (TEMPLATES.includes(token) && this.next === '<') {
      if (token === 'bitcast') {
        this.expect('<');
        const type = this.type();
        this.expect('>');
        return `bitcast<${type}>`;
      }
      this.at--;
      return this.type();
    }
    const name = nameInCpp(token);
    // A local variable may have the name of the function that makes it.
    if (this.next !== '(') return name;
    if (this.functions.has(token)) return `fn_${token}`;
    const isType = this.structs.has(token) || /^(vec[234][uif]?|[ui]32|f32|bool)$/.test(token);
    return isType || this.tokens[this.tokens.indexOf(token) - 1] === 'struct' ? token : `wgsl::${token}`;
  }
}

function literal(token: string): string {
  const isHex = /^0[xX]/.test(token);
  const isFloat = isHex ? /[pP]/.test(token) : /[.efh]/.test(token);
  if (!isFloat) return token.replace(/i$/, '');
  const digits = isHex ? token.replace(/(?<=[pP][+-]?\d+)[fh]$/, '') : token.replace(/[fh]$/, '');
  return isHex || /[.e]/.test(digits) ? `${digits}f` : `${digits}.0f`;
}

/** Declarations, each behind those that it names. */
function inOrder(declarations: ReadonlyMap<string, string>): Map<string, string> {
  const ordered = new Map<string, string>();
  const add = (name: string): void => {
    if (ordered.has(name)) return;
    const text = declarations.get(name)!;
    for (const word of text.match(/\b\w+\b/g) ?? []) if (word !== name && declarations.has(word)) add(word);
    ordered.set(name, text);
  };
  for (const name of declarations.keys()) add(name);
  return ordered;
}
