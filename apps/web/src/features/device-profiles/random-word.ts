const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Letters and digits that are not mistaken for one another, from the browser's secure randomness. */
export const randomWord = (length: number): string => {
  let word = ''
  while (word.length < length)
    // Bytes past the last full round of the alphabet would favour its beginning.
    for (const byte of crypto.getRandomValues(new Uint8Array(length)))
      if (byte < 256 - (256 % alphabet.length) && word.length < length) word += alphabet[byte % alphabet.length]
  return word
}
