import { z } from 'zod'
import { clearAlarm } from '../clear-alarm/manifest.ts'
import { createAlarm } from '../create-alarm/manifest.ts'
import { gpsGeofencingEvents } from '../gps-geofencing-events/manifest.ts'
import { messageTypeFilter } from '../message-type-filter/manifest.ts'
import { alarmType, key, severity } from './parameters.ts'
import { chainFile, defineTemplate, node } from './template.ts'

export const geofence = defineTemplate({
  id: 'geofence',
  title: 'Geofence',
  summary: 'Raises an alarm when a device leaves an area, and clears it when it comes back.',
  icon: 'map-pinned',
  parameters: z.object({
    latitudeKey: key('Latitude key', 'As devices send it, degrees.'),
    longitudeKey: key('Longitude key', 'As devices send it, degrees.'),
    latitude: z.number().min(-90).max(90).meta({ title: 'Latitude', description: 'Of the centre, degrees.' }),
    longitude: z.number().min(-180).max(180).meta({ title: 'Longitude', description: 'Of the centre, degrees.' }),
    radius: z.number().positive().max(1_000_000).meta({ title: 'Radius, m', description: 'How far a device may go.' }),
    alarmType,
    severity,
  }),
  defaults: {
    latitudeKey: 'latitude',
    longitudeKey: 'longitude',
    latitude: 52.52,
    longitude: 13.405,
    radius: 500,
    alarmType: 'Left the area',
    severity: 'MAJOR',
  },
  build: ({ latitudeKey, longitudeKey, latitude, longitude, radius, alarmType: type, severity: level }) => {
    const at = (lat: number, lon: number) => ({ data: { [latitudeKey]: lat, [longitudeKey]: lon } })
    const farAway = at(latitude > 0 ? -80 : 80, longitude)
    return chainFile({
      name: `${type} alarm`,
      description: `Raises the alarm “${type}” when a device is more than ${radius} m from ${latitude}, ${longitude}, and clears it when it comes back.`,
      note: [
        `**${type}**: a device is more than ${radius} m from ${latitude}, ${longitude}.`,
        '',
        'Put a *rule chain* node behind *save time series* in your root chain and choose this chain there. The area can be drawn on a map in the settings of *In the area?*.',
      ].join('\n'),
      nodes: [
        node(messageTypeFilter, 'Telemetry only', [0, 0], { messageTypes: ['POST_TELEMETRY_REQUEST'] }),
        node(gpsGeofencingEvents, 'In the area?', [1, 0], {
          latitudeKeyName: latitudeKey,
          longitudeKeyName: longitudeKey,
          perimeterType: 'CIRCLE',
          fetchPerimeterInfoFromMessageMetadata: false,
          centerLatitude: latitude,
          centerLongitude: longitude,
          range: radius,
          rangeUnit: 'METER',
          reportPresenceStatusOnEachMessage: false,
        }),
        node(createAlarm, 'Raise the alarm', [2, 0], { alarmType: type, severity: level }),
        node(clearAlarm, 'Clear the alarm', [2, 1], { alarmType: type }),
      ],
      wires: [
        ['Telemetry only', 'True', 'In the area?'],
        ['In the area?', 'Left', 'Raise the alarm'],
        ['In the area?', 'Entered', 'Clear the alarm'],
      ],
      tests: [
        {
          name: 'a device outside raises the alarm',
          message: farAway,
          expect: {
            messages: [{ node: 'Raise the alarm', connection: 'Created' }],
            effects: [
              { kind: 'attributes' },
              { kind: 'alarm', change: 'created', type, severity: level },
              { kind: 'message' },
            ],
          },
        },
        {
          name: 'a device that comes back clears it',
          message: at(latitude, longitude),
          given: { alarms: [{ type, severity: level }] },
          expect: {
            messages: [{ node: 'Clear the alarm', connection: 'Cleared' }],
            effects: [{ kind: 'attributes' }, { kind: 'alarm', change: 'cleared', type }, { kind: 'message' }],
          },
        },
      ],
    })
  },
})
