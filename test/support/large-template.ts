const TITLE = `<visual-title>${'Amount by region and month, '.repeat(8)}</visual-title>`;

/** JSON of a resource of about `bytes` bytes with texts and many small values, as the definition of a dashboard has. */
export function largeMember(bytes: number, seed = 0): string {
  const visuals: string[] = [];
  for (let length = 0, n = 0; length < bytes; n++) {
    const id = `${seed}-${n}`;
    visuals.push(
      `{"BarChartVisual":{"VisualId":"${id}","Title":{"RichText":"${TITLE}"},"Actions":[],"Values":[${n},true,null]}}`,
    );
    length += (visuals.at(-1)?.length ?? 0) + 1;
  }
  return `{"Type":"AWS::QuickSight::Dashboard","Properties":{"Name":"Sales ${seed}","Definition":[${visuals.join(',')}]}}`;
}

/** The chunks of a template with members of about `bytes` bytes each. `beforeMember` is called before each of them is read. */
export function* templateOf(
  members: number,
  bytes: number,
  beforeMember: (index: number) => void = () => {},
): Generator<Buffer> {
  yield Buffer.from('{"AWSTemplateFormatVersion":"2010-09-09","Resources":{');
  for (let index = 0; index < members; index++) {
    beforeMember(index);
    yield Buffer.from(`${index > 0 ? ',' : ''}"Dashboard${index}":${largeMember(bytes, index)}`);
  }
  beforeMember(members);
  yield Buffer.from('}}');
}
