/** The rooms of the house and which doors there are between them. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
module.exports = {
  forbidden: [
    never('no-circle', 'a circle has no first room', {}, { circular: true }),
    never(
      'shared-alone',
      'shared is data and pure functions, for both sides',
      { path: '^shared' },
      { path: '^(client|server|db|test)/' },
    ),
    never(
      'client-by-wire',
      'the pages know the server by HTTP only',
      { path: '^client' },
      { path: '^(server|db|test)/' },
    ),
    never(
      'db-below',
      'the database knows nothing of who asks',
      { path: '^db' },
      { path: '^(client|server|test)/' },
    ),
    never(
      'server-no-pages',
      'the server knows the pages by their build only',
      { path: '^server' },
      { path: '^(client|test)/' },
    ),
    never(
      'parse-is-pure',
      'reading and judging a ledger touches no database',
      { path: '^server/ledger' },
      { path: '^(db|server/queries)/', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'echarts-at-two-doors',
      'charts are options; only the chart component and the snapshot renderer draw',
      {
        path: '^(client|server|shared|db)/',
        pathNot: '^(client/components/echarts(-served)?\\.ts|server/snapshot/)',
      },
      { path: 'node_modules/echarts', dependencyTypesNot: ['type-only'] },
    ),
    never(
      'oracle-apart',
      'the oracle shares no code with the SQL',
      {
        path: '^test/(duckdb/|world/(?!open)|oracle/(oracle|centre|judge|kpi|slots|calendar|tree|norms|tables)\\.ts$)',
      },
      {
        path: '^(server/(kpi-sql|queries)|shared/(?!kinds\\.ts$|kpis\\.ts$))',
        dependencyTypesNot: ['type-only'],
      },
    ),
    never(
      'no-test-in-product',
      'tests look at the product, not the other way',
      { path: '^(client|server|shared|db)/' },
      { path: '^test/' },
    ),
    never(
      'no-orphan',
      'a file that nothing needs goes',
      {
        orphan: true,
        path: '^(client|server|shared|db)/',
        pathNot: ['\\.d\\.ts$', '^client/(main|server|start)\\.ts$'],
      },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The copy of the build that the pictures are taken from.
    exclude: { path: '^test/shots/out/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
