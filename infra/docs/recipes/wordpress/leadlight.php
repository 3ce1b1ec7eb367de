<?php
/**
 * Plugin Name: Leadlight
 * Description: Puts the Leadlight snippet on every page of the site.
 * Version: 0.1.0
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * License: MIT
 * Text Domain: leadlight
 */

defined( 'ABSPATH' ) || exit;

const LEADLIGHT_OPTION = 'leadlight';

/** @return array{site_key: string, core: string, ask_consent: bool} */
function leadlight_settings(): array {
	$saved = get_option( LEADLIGHT_OPTION, array() );
	return array(
		'site_key'    => (string) ( $saved['site_key'] ?? '' ),
		'core'        => (string) ( $saved['core'] ?? '' ),
		'ask_consent' => (bool) ( $saved['ask_consent'] ?? true ),
	);
}

/** The script tag, in the head of every page. Editors' own visits are not the site's visitors. */
function leadlight_enqueue(): void {
	$settings = leadlight_settings();
	if ( '' === $settings['site_key'] || '' === $settings['core'] || current_user_can( 'edit_posts' ) ) {
		return;
	}
	// Without a version in the address: the file is shared by all pages, and named by its core.
	// phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
	wp_enqueue_script( 'leadlight', $settings['core'] . '/ll.js', array(), null, array( 'strategy' => 'async' ) );
	if ( $settings['ask_consent'] ) {
		wp_add_inline_script( 'leadlight', leadlight_consent_script(), 'before' );
	}
}
add_action( 'wp_enqueue_scripts', 'leadlight_enqueue' );

/** WordPress writes no attributes of its own: the key and the consent go onto the tag here. */
function leadlight_tag( string $tag, string $handle ): string {
	if ( 'leadlight' !== $handle ) {
		return $tag;
	}
	$settings  = leadlight_settings();
	$processor = new WP_HTML_Tag_Processor( $tag );
	while ( $processor->next_tag( 'script' ) ) {
		// The inline script before it has no address.
		if ( null === $processor->get_attribute( 'src' ) ) {
			continue;
		}
		$processor->set_attribute( 'data-key', $settings['site_key'] );
		if ( $settings['ask_consent'] ) {
			$processor->set_attribute( 'data-consent', 'false' );
		}
	}
	return $processor->get_updated_html();
}
add_filter( 'script_loader_tag', 'leadlight_tag', 10, 2 );

/**
 * Consent managers for WordPress speak through the WP Consent API (https://wordpress.org/plugins/wp-consent-api/): a category
 * `statistics`, now and whenever it changes. A site without it calls `leadlight.consent( true )` in its own banner.
 */
function leadlight_consent_script(): string {
	return <<<'JS'
window.leadlight = window.leadlight || { q: [] };
(function () {
  function say(yes) {
    if (window.leadlight.consent) window.leadlight.consent(yes);
    else window.leadlight.q.push(['consent', yes]);
  }
  document.addEventListener('wp_listen_for_consent_change', function (event) {
    if ('statistics' in event.detail) say(event.detail.statistics === 'allow');
  });
  document.addEventListener('DOMContentLoaded', function () {
    if (window.wp_has_consent && window.wp_has_consent('statistics')) say(true);
  });
})();
JS;
}

function leadlight_menu(): void {
	add_options_page( 'Leadlight', 'Leadlight', 'manage_options', 'leadlight', 'leadlight_page' );
}
add_action( 'admin_menu', 'leadlight_menu' );

function leadlight_register(): void {
	register_setting(
		'leadlight',
		LEADLIGHT_OPTION,
		array(
			'type'              => 'array',
			'sanitize_callback' => 'leadlight_sanitize',
		)
	);
}
add_action( 'admin_init', 'leadlight_register' );

/** @param mixed $input What the form sent. */
function leadlight_sanitize( $input ): array {
	$input = is_array( $input ) ? $input : array();
	return array(
		'site_key'    => sanitize_text_field( $input['site_key'] ?? '' ),
		'core'        => untrailingslashit( esc_url_raw( $input['core'] ?? '', array( 'https', 'http' ) ) ),
		'ask_consent' => ! empty( $input['ask_consent'] ),
	);
}

function leadlight_page(): void {
	$settings = leadlight_settings();
	?>
	<div class="wrap">
		<h1>Leadlight</h1>
		<form action="options.php" method="post">
			<?php settings_fields( 'leadlight' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="leadlight-core">Address of your Leadlight</label></th>
					<td><input type="url" class="regular-text" id="leadlight-core" name="leadlight[core]" placeholder="https://leadlight.example.com" value="<?php echo esc_attr( $settings['core'] ); ?>"></td>
				</tr>
				<tr>
					<th scope="row"><label for="leadlight-key">Site key</label></th>
					<td><input type="text" class="regular-text code" id="leadlight-key" name="leadlight[site_key]" value="<?php echo esc_attr( $settings['site_key'] ); ?>">
						<p class="description">In Leadlight: Settings, Sites.</p></td>
				</tr>
				<tr>
					<th scope="row">Consent</th>
					<td><label><input type="checkbox" name="leadlight[ask_consent]" value="1" <?php checked( $settings['ask_consent'] ); ?>> Store and send nothing before the visitor agreed</label></td>
				</tr>
			</table>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}
