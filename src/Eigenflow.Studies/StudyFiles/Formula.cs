using System.Globalization;

namespace Eigenflow.Studies;

/// <summary>
/// An arithmetic formula of named numbers: + − * / ^, parentheses, and the functions log (natural), log10, exp, sqrt, abs, min, max.
/// Names may hold hyphens, so a minus sign between names needs blanks around it.
/// </summary>
public sealed class Formula
{
    private static readonly string[] Functions = ["log", "log10", "exp", "sqrt", "abs", "min", "max"];
    private const int DeepestNesting = 50;
    private const int LongestText = 500;
    private readonly Func<Func<string, double>, double> evaluate;

    private Formula(string text, Func<Func<string, double>, double> evaluate, IReadOnlySet<string> names) => (Text, this.evaluate, Names) = (text, evaluate, names);

    /// <summary>As typed.</summary>
    public string Text { get; }

    /// <summary>The names that it reads.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <summary>Reads a formula.</summary>
    /// <exception cref="FormatException">Not a formula; the message says why.</exception>
    public static Formula Parse(string text)
    {
        if (text.Length > LongestText)
            throw new FormatException($"the formula is longer than {LongestText} characters");
        var parser = new Parser(text);
        return new Formula(text, parser.Whole(), parser.Names);
    }

    /// <summary>The value; not a number where a name has none.</summary>
    public double Evaluate(Func<string, double> lookup) => evaluate(lookup);

    private sealed class Parser(string text)
    {
        private int position;
        private int depth;

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public Func<Func<string, double>, double> Whole()
        {
            var result = Sum();
            Skip();
            return position == text.Length ? result : throw new FormatException($"'{text[position]}' is not expected in the formula '{text}'");
        }

        private Func<Func<string, double>, double> Sum()
        {
            if (++depth > DeepestNesting)
                throw new FormatException($"the formula is nested deeper than {DeepestNesting} levels");
            var left = Product();
            while (true)
            {
                var before = left;
                if (Take('+'))
                {
                    var right = Product();
                    left = lookup => before(lookup) + right(lookup);
                }
                else if (Take('-'))
                {
                    var right = Product();
                    left = lookup => before(lookup) - right(lookup);
                }
                else
                {
                    depth--;
                    return left;
                }
            }
        }

        private Func<Func<string, double>, double> Product()
        {
            var left = Signed();
            while (true)
            {
                var before = left;
                if (Take('*'))
                {
                    var right = Signed();
                    left = lookup => before(lookup) * right(lookup);
                }
                else if (Take('/'))
                {
                    var right = Signed();
                    left = lookup => before(lookup) / right(lookup);
                }
                else
                {
                    return left;
                }
            }
        }

        private Func<Func<string, double>, double> Signed()
        {
            var isNegative = false;
            while (true)
            {
                if (Take('-'))
                    isNegative = !isNegative;
                else if (!Take('+'))
                    break;
            }

            var value = Power();
            return isNegative ? lookup => -value(lookup) : value;
        }

        private Func<Func<string, double>, double> Power()
        {
            var basis = Atom();
            if (!Take('^'))
                return basis;
            if (++depth > DeepestNesting)
                throw new FormatException($"the formula is nested deeper than {DeepestNesting} levels");
            var exponent = Signed();
            depth--;
            return lookup => Math.Pow(basis(lookup), exponent(lookup));
        }

        private Func<Func<string, double>, double> Atom()
        {
            if (Take('('))
            {
                var inner = Sum();
                Expect(')');
                return inner;
            }

            Skip();
            if (position == text.Length)
                throw new FormatException($"the formula '{text}' ends too early");
            if (char.IsAsciiDigit(text[position]) || text[position] == '.')
                return Number();
            if (!char.IsAsciiLetter(text[position]))
                throw new FormatException($"'{text[position]}' is not expected in the formula '{text}'");
            var name = Name();
            if (!Take('('))
            {
                Names.Add(name);
                return lookup => lookup(name);
            }

            return Call(name);
        }

        private Func<Func<string, double>, double> Call(string name)
        {
            var arguments = new List<Func<Func<string, double>, double>> { Sum() };
            while (Take(','))
                arguments.Add(Sum());
            Expect(')');
            var isPair = name is "min" or "max";
            if (!Functions.Contains(name, StringComparer.Ordinal))
                throw new FormatException($"{name} is no function: it must be one of {string.Join(", ", Functions)}");
            if (arguments.Count != (isPair ? 2 : 1))
                throw new FormatException($"{name} takes {(isPair ? "two values" : "one value")}");
            var first = arguments[0];
            var second = arguments[^1];
            return name switch
            {
                "log" => lookup => Math.Log(first(lookup)),
                "log10" => lookup => Math.Log10(first(lookup)),
                "exp" => lookup => Math.Exp(first(lookup)),
                "sqrt" => lookup => Math.Sqrt(first(lookup)),
                "abs" => lookup => Math.Abs(first(lookup)),
                "min" => lookup => Math.Min(first(lookup), second(lookup)),
                _ => lookup => Math.Max(first(lookup), second(lookup)),
            };
        }

        private Func<Func<string, double>, double> Number()
        {
            var start = position;
            while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'
                || (text[position] is 'e' or 'E' && position > start)
                || (text[position] is '+' or '-' && text[position - 1] is 'e' or 'E')))
            {
                position++;
            }

            var word = text[start..position];
            if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                throw new FormatException($"'{word}' is no number");
            return _ => value;
        }

        private string Name()
        {
            var start = position;
            while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_'
                || (text[position] == '-' && position + 1 < text.Length && char.IsAsciiLetterOrDigit(text[position + 1]))))
            {
                position++;
            }

            return text[start..position];
        }

        private bool Take(char symbol)
        {
            Skip();
            if (position == text.Length || text[position] != symbol)
                return false;
            position++;
            return true;
        }

        private void Expect(char symbol)
        {
            if (!Take(symbol))
                throw new FormatException($"'{symbol}' is missing in the formula '{text}'");
        }

        private void Skip()
        {
            while (position < text.Length && text[position] == ' ')
                position++;
        }
    }
}
