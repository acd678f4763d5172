import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../src/config.js';
import { connectOptions, migrationOptions, QUERY_LIMIT_MS } from '../../../src/storage/mongoose/options.js';
import { refuseOldServer } from '../../../src/storage/mongoose/server-version.js';

const URI = 'mongodb://account:secret@a.example:27017,b.example/delegates';

describe('options of the connection to MongoDB', () => {
  it('asks for what every engine has', () => {
    expect(connectOptions(URI)).toMatchObject({
      retryWrites: false,
      retryReads: true,
      maxPoolSize: 20,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
    });
    expect(connectOptions(URI)).not.toHaveProperty('compressors');
  });

  it('leaves out what the address sets, in whatever case', () => {
    const options = connectOptions(`${URI}?RETRYWRITES=true&maxPoolSize=5&socketTimeoutMS=1000`);
    for (const name of ['retryWrites', 'maxPoolSize', 'socketTimeoutMS']) expect(options).not.toHaveProperty(name);
    expect(options).toMatchObject({ retryReads: true, waitQueueTimeoutMS: 5_000 });
  });

  it('holds to what its promises rest on, whatever the address says', () => {
    const options = connectOptions(`${URI}?w=0&journal=false&readPreference=secondary&readConcernLevel=local`);
    expect(options).toMatchObject(connectOptions(URI));
  });

  it('names a database when the address does not', () => {
    for (const uri of ['mongodb://host', 'mongodb://host/', 'mongodb+srv://a:b@host/?retryWrites=true']) {
      expect(connectOptions(uri)).toMatchObject({ dbName: 'permanence' });
    }
    expect(connectOptions(URI)).not.toHaveProperty('dbName');
  });

  it('hears of a slow query from the server before it gives the connection up, and waits for long work', () => {
    const { socketTimeoutMS = 0, writeConcern } = connectOptions(URI);
    expect(socketTimeoutMS).toBeGreaterThan(QUERY_LIMIT_MS);
    expect(socketTimeoutMS).toBeGreaterThan(Number((writeConcern as { wtimeoutMS: number }).wtimeoutMS));
    expect(migrationOptions(`${URI}?socketTimeoutMS=1000`)).toMatchObject({ socketTimeoutMS: 0 });
  });
});

describe('the version of the server', () => {
  const amazon = ['delegates.cluster-abc.eu-west-3.docdb.amazonaws.com'];

  it.each([
    ['6.0.0', ['db.example']],
    ['8.2.1-rc0', ['db.example']],
    ['5.0.0', amazon],
    ['8.0.2', amazon],
    ['undefined', ['db.example']],
  ])('takes %s at %j', (version, hosts) => {
    expect(() => refuseOldServer({ version, hosts })).not.toThrow();
  });

  it.each([
    ['5.0.31', ['db.example']],
    ['4.4.0', ['docdb.amazonaws.com.example']],
    ['4.0.0', amazon],
  ])('refuses %s at %j', (version, hosts) => {
    expect(() => refuseOldServer({ version, hosts })).toThrow(ConfigError);
    expect(() => refuseOldServer({ version, hosts })).toThrow(version);
  });
});
