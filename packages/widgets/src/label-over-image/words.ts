export const labelImageWords = { noImage: 'No picture is chosen, or it is not to be had' }
