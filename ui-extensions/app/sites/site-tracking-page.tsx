import { Stack } from '@mantine/core';
import { AddressesSection } from './addresses-section.tsx';
import { ConsentSection } from './consent-section.tsx';
import { EvidenceSection } from './evidence-section.tsx';
import { ExclusionSection } from './exclusion-section.tsx';
import { LocationSection } from './location-section.tsx';
import { MaskingSection } from './masking-section.tsx';
import { ModesSection } from './modes-section.tsx';

/** Who is tracked on the site, who is asked first, and what is never kept. */
export function SiteTrackingPage() {
  return (
    <Stack gap="md">
      <ModesSection />
      <ConsentSection />
      <MaskingSection />
      <AddressesSection />
      <EvidenceSection />
      <LocationSection />
      <ExclusionSection />
    </Stack>
  );
}
