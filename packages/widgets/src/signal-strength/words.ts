export const signalWords = { bars: '{lit} of 4 bars' }
