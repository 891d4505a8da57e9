import { expect } from 'vitest'
import type { PrepareRoom } from './room.ts'

/** Devices, their profiles, OTA packages and imports. */
export const devicesRoom: PrepareRoom = async (api) => {
  const { scope, device, tenantId, customerId } = api.tenant
  const { db } = api
  const credentials = await db.credentials.findByDevice(scope, device.id.id)
  const profile = await db.deviceProfiles.save(scope, {
    name: 'Mine',
    type: 'DEFAULT',
    transportType: 'DEFAULT',
  })
  const otaPackage = await db.otaPackages.save(scope, {
    deviceProfileId: profile.id,
    type: 'FIRMWARE',
    title: 'Mine',
    version: '1',
    url: 'http://firmware.example.org/mine',
  })
  const search = () => ({ parameters: { rootId: device.id.id, rootType: 'DEVICE', direction: 'FROM' } })
  const page = { pageSize: 100, page: 0 }
  return {
    params: {
      deviceId: device.id.id,
      deviceName: device.name,
      deviceProfileId: profile.id.id,
      otaPackageId: otaPackage.id.id,
      otaPackageType: 'FIRMWARE',
      protocol: 'mqtts',
    },
    paramsOf: {
      'GET /api/otaPackages/{deviceProfileId}/{type}': { type: 'FIRMWARE' },
      'POST /api/tenant/{tenantId}/device/{deviceId}': { tenantId },
      'POST /api/customer/{customerId}/device/{deviceId}': { customerId },
    },
    queryOf: {
      'GET /api/tenant/device': { deviceName: device.name },
      'GET /api/tenant/devices': { deviceName: device.name },
      'GET /api/devices': { deviceIds: device.id.id },
      'GET /api/deviceProfileInfos': { deviceProfileIds: profile.id.id },
      'GET /api/deviceProfileInfos/list': { deviceProfileIds: profile.id.id },
      'GET /api/deviceProfile/devices/keys/timeseries': { deviceProfileId: profile.id.id },
      'GET /api/deviceProfile/devices/keys/attributes': { deviceProfileId: profile.id.id },
      'POST /api/otaPackage/{otaPackageId}': { checksumAlgorithm: 'SHA256' },
    },
    bodies: {
      'POST /api/device': () => ({ id: device.id, name: 'taken over' }),
      'POST /api/device-with-credentials': () => ({
        device: { id: device.id, name: 'taken over' },
        credentials: { credentialsType: 'ACCESS_TOKEN', credentialsId: 'taken-over' },
      }),
      'POST /api/device/credentials': () => ({ ...credentials, credentialsId: 'taken-over' }),
      'POST /api/devices': search,
      'POST /api/customer/device/{deviceName}/claim': () => ({ secretKey: 'guess' }),
      'POST /api/deviceProfile': () => ({ ...profile, name: 'taken over' }),
      'POST /api/otaPackage': () => ({ ...otaPackage, title: 'taken over' }),
      // Without a name in the file nothing is imported for anybody.
      'POST /api/device/bulk_import': () => ({ file: 'x', mapping: { columns: [{ type: 'LABEL' }] } }),
      'POST /api/asset/bulk_import': () => ({ file: 'x', mapping: { columns: [{ type: 'LABEL' }] } }),
    },
    publicRoutes: ['GET /api/device-connectivity/{protocol}/certificate/download'],
    harmless: {
      // Taking back what nobody has claimed changes nothing and says nothing.
      'DELETE /api/customer/device/{deviceName}/claim': (body) => expect(body).toBeUndefined(),
      // Profiles and what may be given to their devices are those of the whole tenant.
      'GET /api/deviceProfileInfo/{deviceProfileId}': (body) => expect(body).toMatchObject({ name: profile.name }),
      'GET /api/devices/count/{otaPackageType}/{deviceProfileId}': (body) => expect(body).toBe(0),
      'GET /api/otaPackages/{deviceProfileId}/{type}': (body) =>
        expect(body).toMatchObject({ data: [{ id: otaPackage.id }] }),
    },
    belongings: async () => ({
      devices: (await db.devices.list(scope, page)).data,
      credentials: await db.credentials.findByDevice(scope, device.id.id),
      profiles: (await db.deviceProfiles.list(scope, page)).data,
      otaPackages: (await db.otaPackages.list(scope, page)).data,
    }),
  }
}
