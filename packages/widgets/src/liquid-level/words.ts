export const liquidWords = {
  missing: 'Attributes that are missing or of no use: {keys}',
  of: '{amount} of {volume}',
}
