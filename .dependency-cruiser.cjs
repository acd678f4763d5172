/** The layer rules of docs/ARCHITECTURE.md. `npm run check:imports` fails on any breach. */
const from = (path, pathNot) => ({ path, ...(pathNot && { pathNot }) });
const rule = (name, comment, fromPath, to) => ({ name, comment, severity: 'error', from: fromPath, to });

module.exports = {
  forbidden: [
    rule('no-circular', 'A cycle has no first line to read.', {}, { circular: true }),
    rule(
      'domain-is-plain',
      'The domain knows the storage ports and a date library, nothing else.',
      from('^src/domain/'),
      {
        pathNot: [
          '^src/domain/',
          '^src/storage/ports/',
          '^node_modules/dayjs/',
          '^node:',
          '^crypto$',
          '^timers/promises$',
        ],
      },
    ),
    rule('ports-are-plain', 'A storage port speaks of the domain only.', from('^src/storage/ports/'), {
      pathNot: ['^src/storage/ports/', '^src/domain/'],
    }),
    rule('dialogs-know-domain-and-nlu', 'Dialogs get everything else by constructor.', from('^dialogs/'), {
      pathNot: [
        '^dialogs/',
        '^src/domain/',
        '^src/nlu/intent-recognizer\\.ts$',
        '^src/storage/ports/',
        '^node_modules/botbuilder',
        '^node_modules/dayjs/',
        '^node:',
      ],
    }),
    rule(
      'only-app-imports-dialogs',
      'dialogs/index.ts is their only export, app.ts its only reader.',
      from('^src/', '^src/app\\.ts$'),
      {
        path: '^dialogs/',
      },
    ),
    rule('dialogs-by-index-only', 'dialogs/index.ts is their only export.', from('^src/app\\.ts$'), {
      path: '^dialogs/',
      pathNot: '^dialogs/index\\.ts$',
    }),
    rule(
      'channels-stay-outside',
      'A channel hands turns to the pipeline; it neither stores nor talks.',
      from('^src/channels/'),
      {
        path: ['^src/storage/', '^dialogs/', '^src/app\\.ts$', '^src/nlu/'],
      },
    ),
    rule('inbox-over-domain', 'The inbox is a face of the domain.', from('^src/inbox/'), {
      path: ['^src/storage/(sqlite|mongoose)/', '^src/channels/', '^dialogs/', '^src/app\\.ts$'],
    }),
    rule('web-is-apart', 'Browser code shares nothing with the server but the wire.', from('^src/web/'), {
      path: '^(src/(?!web/|sealing/|domain/(report(-answers|-sealing)?|visible-text)\\.ts$|inbox/(operations?|report-operations|schemas/))|dialogs/)',
    }),
    rule(
      'sealing-runs-anywhere',
      'What seals and opens reports is the same in Node and in browsers: it takes types and plain lists from elsewhere.',
      from('^src/sealing/'),
      {
        pathNot: [
          '^src/sealing/',
          '^src/domain/(report(-answers|-sealing)?|receipt-symbols)\\.ts$',
          '^node_modules/@hpke/',
        ],
      },
    ),
    rule('hpke-in-sealing', 'One place holds the cryptography of reports.', from('^(src|dialogs)/', '^src/sealing/'), {
      path: '^node_modules/@hpke/',
    }),
    rule(
      'wire-at-three-places',
      'The wire is described once; these take its types, and a test sees that they take nothing else.',
      from('^src/web/', '^src/web/inbox/(api/(types|paths)|live/wire)\\.ts$'),
      { path: '^src/inbox/' },
    ),
    rule('alarms-over-domain', 'Alarms know the domain and how to reach a delegate.', from('^src/alarms/'), {
      path: ['^src/storage/(sqlite|mongoose)/', '^src/(channels|inbox)/', '^dialogs/', '^src/app\\.ts$'],
    }),
    rule('mail-and-push-in-alarms', 'One place sends mail and pushes.', from('^(src|dialogs)/', '^src/alarms/'), {
      path: '^node_modules/(nodemailer|web-push)/',
    }),
    rule(
      'mongoose-in-its-adapter',
      'Driver types stay at the edge.',
      from('^(src|dialogs)/', '^src/storage/mongoose/'),
      {
        path: '^node_modules/(mongoose|mongodb)/',
      },
    ),
    rule('sqlite-in-its-adapter', 'Driver types stay at the edge.', from('^(src|dialogs)/', '^src/storage/sqlite/'), {
      path: '^(node:)?sqlite$',
    }),
    rule(
      'files-are-opened-apart',
      'Files of strangers are opened in a process of their own.',
      from('^(src|dialogs)/', '^src/attachments/'),
      {
        path: [
          '^node_modules/(sharp|@cantoo)/',
          '^src/attachments/(child|rewrite(-image|-pdf)?|pdf-.*|image-in-pdf)\\.ts$',
        ],
      },
    ),
    rule('attachments-over-domain', 'Files know the domain and the storage ports.', from('^src/attachments/'), {
      path: '^(src/(?!attachments/|domain/|storage/ports/)|dialogs/)',
    }),
    rule(
      'telegraf-in-its-channel',
      'Telegram is one channel among others.',
      from('^(src|dialogs)/', '^src/channels/telegram/'),
      {
        path: '^node_modules/telegraf/',
      },
    ),
    rule(
      'botbuilder-at-three-places',
      'A later move away from botbuilder touches these only.',
      from('^src/', '^src/(channels/|pipeline/run-dialogs|app\\.ts$)'),
      { path: '^node_modules/(botbuilder|botframework)' },
    ),
    rule('nlpjs-behind-its-port', 'nlp.js stays behind IntentRecognizer.', from('^(src|dialogs)/', '^src/(nlu|cli)/'), {
      path: '^node_modules/@nlpjs/',
    }),
    rule(
      'express-at-the-http-edge',
      'The domain, pipeline and storage know no HTTP server.',
      from('^(src/(domain|pipeline|storage|nlu|realtime)|dialogs)/'),
      { path: '^node_modules/(express|ws)/' },
    ),
    rule('figures-at-one-place', 'One place speaks of Prometheus.', from('^(src|dialogs)/', '^src/metrics/'), {
      path: '^node_modules/prom-client/',
    }),
    rule(
      'redis-at-one-place',
      'The line between processes stays behind its port.',
      from('^(src|dialogs)/', '^src/(realtime|cli)/'),
      {
        path: '^node_modules/ioredis/',
      },
    ),
    rule('main-imports-little', 'Only app.ts sees everything.', from('^src/main\\.ts$'), {
      path: '^src/(channels|pipeline|nlu|inbox|storage/(sqlite|mongoose))/',
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
