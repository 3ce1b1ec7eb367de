import nock from 'nock';

// nock takes the network over as soon as it is loaded; the other tests of the run use the real one.
nock.restore();

/** Call inside `describe`: no test reaches a real vendor, and none leaves a fake behind. */
export function fakeTheNetworksEdge(): void {
  before(() => {
    nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => nock.cleanAll());
  after(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}
