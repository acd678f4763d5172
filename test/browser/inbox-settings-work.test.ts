import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { describeInBrowser, picture } from '../support/browser-harness.js';
import { buildHours } from '../support/inbox-settings-data.js';
import { openSettingsStage, type SettingsStage } from '../support/inbox-settings-stage.js';

describeInBrowser('the settings at work', () => {
  let stage: SettingsStage;
  beforeAll(async () => {
    stage = await openSettingsStage();
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage.close());

  describe('opening hours', () => {
    test('a slot is added, copied to another day, its fault is shown at its place, and it is saved', async () => {
      const { page, server, faults } = await stage.scene('/inbox/horaires');
      const monday = page.getByRole('group', { name: 'lundi' });
      await monday.getByRole('button', { name: 'Ajouter un créneau' }).click();
      await monday.getByLabel('De').fill('10:00');
      await monday.getByLabel('À', { exact: true }).fill('09:00');
      await monday.getByText('La fin doit venir après le début.').waitFor();
      await page.getByRole('button', { name: 'Enregistrer les horaires' }).click();
      await page.getByText('Il reste une erreur à corriger.').waitFor();
      await monday.getByLabel('De').and(page.locator(':focus')).waitFor();
      await picture(page, 'reglages-horaires-erreur');
      expect(server.calls).toEqual([]);

      await monday.getByLabel('À', { exact: true }).fill('12:00');
      await monday.getByRole('button', { name: 'Copier sur d’autres jours' }).click();
      await page.getByRole('dialog').getByText('mardi').click();
      await page.getByRole('button', { name: 'Copier', exact: true }).click();
      await page.getByText('Lundi et mardi : de 10 h à 12 h.').waitFor();
      await page.getByRole('button', { name: 'Enregistrer les horaires' }).click();
      await page.getByText('Les horaires sont enregistrés.').waitFor();
      expect(server.state.hours.hours.slots.slice(0, 2)).toEqual([
        { weekday: 1, from: '10:00', to: '12:00' },
        { weekday: 2, from: '10:00', to: '12:00' },
      ]);
      expect(faults).toEqual([]);
    });

    test('a colleague’s change in between is shown beside mine, and I choose', async () => {
      const { page, server } = await stage.scene('/inbox/horaires');
      await page.getByText('Ouvert comme les autres jours').click();
      server.state.hours = buildHours({ hours: { ...server.state.hours.hours, slots: [] }, rev: 9, state: 'unknown' });
      await page.getByRole('button', { name: 'Enregistrer les horaires' }).click();
      await page.getByText('Un collègue a changé les horaires entre-temps.').waitFor();
      await page.getByText('Ouvert aussi les jours fériés.').first().waitFor();
      await picture(page, 'reglages-horaires-conflit');
      await page.getByRole('button', { name: 'Enregistrer les miens' }).click();
      await page.getByText('Les horaires sont enregistrés.').waitFor();
      expect(server.state.hours).toMatchObject({ rev: 10, hours: { onPublicHolidays: 'open' } });
      expect(server.state.hours.hours.slots).toHaveLength(3);
    });

    test('leaving with changes is asked about', async () => {
      const { page } = await stage.scene('/inbox/horaires');
      await page.getByRole('button', { name: 'Retirer cette exception' }).click();
      await page.getByRole('link', { name: 'Journal' }).click();
      await page.getByRole('alertdialog').getByText('Quitter sans enregistrer ?').waitFor();
    });
  });

  describe('facts', () => {
    test('what the assistant will answer is shown before it is saved; the old version comes back, and back again', async () => {
      const { page, server, faults } = await stage.scene('/inbox/informations');
      const delegates = page.getByRole('region', { name: 'Permanence des délégués' });
      await delegates.getByRole('button', { name: /À quelle heure/ }).click();
      await page.getByRole('option', { name: 'De … à …' }).click();
      await delegates.getByLabel('De', { exact: true }).fill('14:00');
      await delegates.getByLabel('À', { exact: true }).fill('16:00');
      const answers = page.getByRole('region', { name: 'Ce que l’assistant répondra' });
      await answers.locator('ins', { hasText: 'de 14:00 à 16:00.' }).waitFor();
      await answers.getByText('Change', { exact: true }).waitFor();
      await delegates.getByRole('button', { name: /Confirmer aujourd’hui/ }).click();
      await delegates.getByText('Confirmé aujourd’hui.').waitFor();
      await picture(page, 'reglages-informations-apercu');
      await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
      await page.getByText('Enregistré. L’assistant le répond dès maintenant.').waitFor();
      expect(server.state.facts.permanences[0]).toMatchObject({
        slot: { hours: { from: '14:00', to: '16:00' } },
        checkedOn: '2026-11-23',
      });
      expect(server.state.facts.station).not.toHaveProperty('openingYear');

      await page.getByText('horaires : l’après-midi → de 14 h à 16 h').waitFor();
      await page.getByRole('button', { name: 'Revenir à cette version : Informations d’origine' }).click();
      await page.getByText('L’ancienne version est revenue.').waitFor();
      expect(server.state.facts.permanences[0]?.slot).toEqual({ part: 'afternoon' });
      await page.getByRole('button', { name: 'Annuler' }).click();
      await page.getByText('Retour à la version 1.').waitFor();
      await picture(page, 'reglages-informations-historique');
      expect(server.state.facts.permanences[0]?.slot).toEqual({ hours: { from: '14:00', to: '16:00' } });
      expect(faults).toEqual([]);
    });

    test('a colleague’s change in between keeps mine in the form', async () => {
      const { page, server } = await stage.scene('/inbox/informations');
      await page.getByLabel('Secteur de Besançon').fill('accueil@exemple.fr');
      server.state.version = 3;
      await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
      await page.getByText('Un collègue a changé les informations entre-temps.').waitFor();
      expect(await page.getByLabel('Secteur de Besançon').inputValue()).toBe('accueil@exemple.fr');
      await page.getByRole('button', { name: 'Enregistrer les miennes' }).click();
      await page.getByText('Enregistré. L’assistant le répond dès maintenant.').waitFor();
      expect(server.state.facts.sectors[0]?.email).toBe('accueil@exemple.fr');
    });
  });

  test('the week before, and the file of a week', async () => {
    const { page } = await stage.scene('/inbox/semaine');
    await page.getByText('8 personnes ont demandé un délégué').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Télécharger (CSV)' }).click();
    expect((await download).suggestedFilename()).toBe('permanence-2026-W48.csv');
    await page.getByRole('button', { name: 'Semaine d’avant' }).click();
    await page.getByText('Aucune conversation cette semaine-là.').waitFor();
  });

  test('the log: older lines, and who has read what', async () => {
    const { page } = await stage.scene('/inbox/journal');
    await page.getByText('n° 12').waitFor();
    await page.getByRole('button', { name: 'Voir plus ancien' }).click();
    await page.getByText('C’est le début du journal.').waitFor();
    await page.getByRole('button', { name: /Montrer/ }).click();
    await page.getByRole('option', { name: 'Qui a lu quoi' }).click();
    await page.getByText('Marie a changé les informations').first().waitFor({ state: 'detached' });
    expect(await page.getByText('a ouvert la conversation').count()).toBe(3);
  });
});
