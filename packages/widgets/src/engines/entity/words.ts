export const entityWords = {
  entity: 'Entity',
  more: 'The first {shown, number} of {total, number}',
}
