import { type Expr, type Group, isGroup, type Join, type Nocase, type Query, type Table } from './query.ts';

/** How an author types: what must make no difference. */
export interface Style {
  readonly capitals: boolean;
  readonly brackets: boolean;
  readonly quotes: boolean;
  readonly separator: ' ' | '\n' | ' /* ; */ ' | ' -- select\n';
}

/** A filter as text. */
export function writeQuery(query: Query, style: Style): string {
  const word = (text: string): string => (style.capitals ? text.toUpperCase() : text);
  const name = (text: string): string =>
    style.quotes || !/^[a-z_][\w]*$/i.test(text) || reserved.has(text.toLowerCase()) ? `"${text.replaceAll('"', '""')}"` : text;
  const write = (expr: Expr, level = 0): string => {
    const text = bare(expr);
    return levelOf(expr) < level || (style.brackets && expr.kind !== 'literal') ? `(${text})` : text;
  };
  const nocase = ` ${word('collate')} nocase`;
  const side = (expr: Expr, level: number, folds: boolean): string => (folds ? `${write(expr, 8)}${nocase}` : write(expr, level));
  const behind = (text: string, of: Nocase): string => (of === 'whole' ? `${style.brackets ? `(${text})` : text}${nocase}` : text);

  function bare(expr: Expr): string {
    switch (expr.kind) {
      case 'column':
        return expr.bare ? name(expr.name) : `${name(expr.alias)}.${name(expr.name)}`;
      case 'literal':
        return typeof expr.value === 'string' ? quoted(expr.value) : word(String(expr.value));
      case 'parameter':
        return `@${expr.name}`;
      case 'not':
        return `${word('not')} ${write(expr.of, 3)}`;
      case 'and':
      case 'or':
        return expr.all.map((one) => write(one, expr.kind === 'and' ? 3 : 2)).join(` ${word(expr.kind)} `);
      case 'compare':
        return behind(
          `${side(expr.left, 5, expr.nocase === 'left')} ${expr.operator} ${side(expr.right, 5, expr.nocase === 'right')}`,
          expr.nocase,
        );
      case 'in': {
        const values = expr.values.map((value, i) => side(value, 0, i === 0 && expr.nocase === 'right')).join(', ');
        return behind(
          `${side(expr.of, 5, expr.nocase === 'left')} ${expr.negated ? word('not ') : ''}${word('in')} (${values})`,
          expr.nocase,
        );
      }
      case 'between':
        return behind(
          `${side(expr.of, 5, expr.nocase === 'left')} ${expr.negated ? word('not ') : ''}${word('between')} ${side(expr.low, 5, expr.nocase === 'right')} ${word('and')} ${write(expr.high, 5)}`,
          expr.nocase,
        );
      case 'like':
        return behind(
          `${side(expr.of, 5, expr.nocase === 'left')} ${expr.negated ? word('not ') : ''}${word('like')} ${side(expr.pattern, 5, expr.nocase === 'right')}`,
          expr.nocase,
        );
      case 'null':
        return `${write(expr.of, 5)} ${word(`is ${expr.negated ? 'not ' : ''}null`)}`;
      case 'case': {
        const branches = expr.branches.map(({ when, then }) => ` ${word('when')} ${write(when)} ${word('then')} ${write(then)}`).join('');
        const otherwise = expr.otherwise ? ` ${word('else')} ${write(expr.otherwise)}` : '';
        return `${word('case')}${expr.of ? ` ${write(expr.of)}` : ''}${branches}${otherwise} ${word('end')}`;
      }
      case 'negative':
        return `-(${write(expr.of)})`;
      case 'arithmetic': {
        const level = { '+': 5, '-': 5, '*': 6, '/': 6, '||': 7 }[expr.operator];
        return `${write(expr.left, level)} ${expr.operator} ${write(expr.right, level + 1)}`;
      }
      case 'cast':
        return `${word('cast')}(${write(expr.of)} ${word('as')} ${expr.type})`;
      case 'call':
        if (expr.name === 'collate nocase') return `${expr.values.map((value) => write(value, 8)).join('')}${nocase}`;
        return behind(
          `${word(expr.name)}(${expr.values.map((value, i) => side(value, 0, (i === 0 && expr.nocase === 'left') || (i === 1 && expr.nocase === 'right'))).join(', ')})`,
          expr.nocase,
        );
      case 'aggregate': {
        const separator = expr.separator === undefined ? '' : `, ${quoted(expr.separator)}`;
        return `${word(expr.name)}(${expr.distinct ? word('distinct ') : ''}${expr.of ? write(expr.of) : '*'}${separator})`;
      }
      case 'matched':
        return `${word('matched')}(${name(expr.alias)})`;
    }
  }

  const table = ({ system, table: own, alias }: Table): string =>
    `${name(system)}.${name(own)}${alias === own ? '' : `${style.brackets ? ' ' : ` ${word('as')} `}${name(alias)}`}`;
  const source = (of: Table | Group): string => (isGroup(of) ? `(${[table(of.first), ...of.joins.map(join)].join(' ')})` : table(of));
  function join(of: Join): string {
    const { mode, on, via, recursion } = of;
    const conditions = recursion ? [...recursion.links, ...recursion.conditions] : on && !on.unwritten ? [on.condition] : [];
    const written = on?.unwritten !== true && conditions.length > 0;
    const condition = conditions.map((one) => write(one, conditions.length > 1 ? 3 : 0)).join(` ${word('and')} `);
    return [
      word(mode === 'any' ? 'join' : `${mode} join`),
      ...(recursion ? [word('recursive')] : []),
      source(of.source),
      ...(via ? [`${word('via')} ${name(via.system)}.${name(via.table)}(${name(via.near)}, ${name(via.far)})`] : []),
      ...(written ? [`${word('on')} ${condition}`] : []),
    ].join(' ');
  }

  const { distinct } = query;
  const outputs = query.outputs.map((output) => `${write(output.expression)}${output.named ? ` ${word('as')} ${name(output.name)}` : ''}`);
  const sorts = query.orderBy.map(({ expression, by, output = 0, descending }) => {
    const key = by === 'name' ? name(query.outputs[output]?.name ?? '') : by === 'place' ? String(output + 1) : write(expression);
    return `${key}${descending ? word(' desc') : ''}`;
  });
  const parts = [
    ...query.parameters.map(
      (one) =>
        `${word('parameter')} ${one.name} ${one.type}${one.isDefault ? ` ${word('default')} ${typeof one.value === 'string' ? quoted(one.value) : String(one.value)}` : ''}`,
    ),
    `${word('select')} ${distinct === 'no' ? '' : distinct === 'yes' ? word('distinct ') : `${word('distinct on')} (${write(distinct.on)}) `}${outputs.join(', ')}`,
    `${word('from')} ${table(query.from)}`,
    ...query.joins.map(join),
    ...(query.where ? [`${word('where')} ${write(query.where)}`] : []),
    ...(query.groupBy.length > 0 ? [`${word('group by')} ${query.groupBy.map((one) => write(one)).join(', ')}`] : []),
    ...(query.having ? [`${word('having')} ${write(query.having)}`] : []),
    ...(sorts.length > 0 ? [`${word('order by')} ${sorts.join(', ')}`] : []),
    ...(query.limit === undefined ? [] : [`${word('limit')} ${query.limit}`]),
  ];
  const { lookup } = query;
  if (lookup) {
    const column = lookup.output === undefined ? bare(lookup.expression) : name(query.outputs[lookup.output]?.name ?? '');
    const { target } = lookup;
    parts.push(
      `${word('lookup')} ${lookup.name} ${word(lookup.include ? 'include' : 'exclude')} ${column} ${word('in')} ${name(target.system)}.${name(target.table)}.${name(target.column)}`,
    );
  }
  return parts.join(style.separator);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** How tightly an expression binds; what is not named needs no brackets. */
function levelOf(expr: Expr): number {
  switch (expr.kind) {
    case 'or':
      return 1;
    case 'and':
      return 2;
    case 'not':
      return 3;
    case 'compare':
    case 'in':
    case 'between':
    case 'like':
      return 4;
    case 'null':
      return 4;
    case 'arithmetic':
      return expr.operator === '||' ? 7 : expr.operator === '*' || expr.operator === '/' ? 6 : 5;
    case 'call':
      return expr.name === 'collate nocase' || expr.nocase === 'whole' ? 8 : 10;
    default:
      return 10;
  }
}

const reserved: ReadonlySet<string> = new Set(
  'select distinct from where group by having order limit join left anti multiple all recursive on via as and or not in between like is null true false case when then else end cast collate exclude append lookup parameter extends default'.split(
    ' ',
  ),
);
