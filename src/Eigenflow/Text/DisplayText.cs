using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Eigenflow;

/// <summary>
/// Sentences with numbers for people, without regard to the culture: <c>DisplayText.Of($"spread {spread:G3}")</c> writes every number by <see cref="DisplayNumber"/>.
/// <para>A format says how many digits: <c>G2</c> to <c>G4</c>, or decimals such as <c>0.00</c> and <c>0.0#</c>; <c>R</c> gives all. Messages that name values which are typed back use <see cref="Plain"/>.</para>
/// </summary>
public static partial class DisplayText
{
    /// <summary>A sentence for captions, titles, tables and verdicts, in the notation of figures.</summary>
    /// <param name="text">The sentence.</param>
    public static string Of(Handler text) => text.Typeset;

    /// <summary>A sentence for messages and warnings, with numbers as a command line reads them, such as <c>1.5e-7</c>.</summary>
    /// <param name="text">The sentence.</param>
    public static string Plain(Handler text) => text.Plain;

    /// <summary>A formula that is computed with, such as <c>t/d^2.5</c>, in the notation of figures: powers that are decimal numbers stand in braces.</summary>
    /// <param name="formula">The formula.</param>
    public static string Formula(string formula) => DecimalPower().Replace(formula, "^{${power}}");

    [GeneratedRegex(@"\^(?<power>[-+−]?[0-9]+\.[0-9]+|[-+−][0-9]+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DecimalPower();

    /// <summary>Collects a sentence.</summary>
    [InterpolatedStringHandler]
    public readonly struct Handler
    {
        private readonly StringBuilder typeset;
        private readonly StringBuilder plain;

        /// <summary>Begins.</summary>
        /// <param name="literalLength">Characters outside of holes.</param>
        /// <param name="formattedCount">Number of holes.</param>
        public Handler(int literalLength, int formattedCount) => (typeset, plain) = (new StringBuilder(literalLength + (8 * formattedCount)), new StringBuilder(literalLength + (8 * formattedCount)));

        internal string Typeset => typeset.ToString();

        internal string Plain => plain.ToString();

        /// <summary>Adds words.</summary>
        /// <param name="text">The words.</param>
        public void AppendLiteral(string text) => Append(text, text);

        /// <summary>Adds a number.</summary>
        /// <param name="value">The number.</param>
        /// <param name="format">How many digits; four unless given.</param>
        public void AppendFormatted(double value, string? format = null)
        {
            if (format is "R")
            {
                var all = WrittenNumber.RoundTrip(value);
                Append(all, all);
                return;
            }

            var text = Formatted(value, format);
            Append(text, DisplayNumber.Plain(text));
        }

        /// <summary>Adds a number, or nothing.</summary>
        /// <param name="value">The number.</param>
        /// <param name="format">How many digits; four unless given.</param>
        public void AppendFormatted(double? value, string? format = null)
        {
            if (value is { } number)
                AppendFormatted(number, format);
        }

        /// <summary>Adds anything else.</summary>
        /// <typeparam name="T">Its type.</typeparam>
        /// <param name="value">What is added.</param>
        /// <param name="format">Its format.</param>
        public void AppendFormatted<T>(T value, string? format = null)
        {
            var text = value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
            Append(text, text);
        }

        private void Append(string forPeople, string forPrograms)
        {
            typeset.Append(forPeople);
            plain.Append(forPrograms);
        }

        private static string Formatted(double value, string? format)
        {
            if (format is null)
                return DisplayNumber.Of(value);
            if (format[0] == 'G')
                return DisplayNumber.Of(value, int.Parse(format.AsSpan(1), CultureInfo.InvariantCulture));

            // Decimals of numbers that are too large or too many for them are no decimals.
            var decimals = format.Length > 1 ? format.Length - 2 : 0;
            if (!double.IsFinite(value) || Math.Abs(value) >= 1e4 || decimals > DisplayNumber.MostDigits)
                return DisplayNumber.Of(value);
            var text = DisplayNumber.Fixed(value, decimals);
            var needed = format.Length - format.TrimEnd('#').Length;
            for (var k = 0; k < needed && text.EndsWith('0'); k++)
                text = text[..^1];
            return text.TrimEnd('.');
        }
    }
}
