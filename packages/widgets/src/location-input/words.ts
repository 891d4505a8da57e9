export const locationWords = {
  latitude: 'Latitude',
  longitude: 'Longitude',
  here: 'Where I am',
  asking: 'Finding out where you are…',
  refused: 'This browser may not tell where you are',
  unknown: 'Where you are could not be found out',
}
