using System.Globalization;
using System.Text;
using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.Exports;

/// <summary>A C# program over the library that gives the same numbers: the same for every system, with the settings as the catalog takes them.</summary>
internal static class SnippetText
{
    /// <summary>The program.</summary>
    /// <param name="system">The system.</param>
    /// <param name="runs">The runs.</param>
    public static string Of(ISystem system, IReadOnlyList<RunWords> runs)
    {
        var text = new StringBuilder($$"""
            using System;
            using Eigenflow;
            using Eigenflow.Settings;
            using Eigenflow.Systems;

            // {{system.Title}}: what is not set has its default (eigenflow describe {{system.Id}}).
            var system = SystemCatalog.Find({{Literal(system.Id)}});
            (string Method, Setting Setting)[] runs =
            [

            """.ReplaceLineEndings("\n"));
        foreach (var run in runs)
        {
            text.Append("    (").Append(Literal(run.Run.Method!)).Append(", ");
            if (run.Given.Count == 0)
                text.Append("Setting.Empty");
            else
                text.Append("new([").AppendJoin(", ", run.Given.Select(pair => $"new({Literal(pair.Key)}, {Literal(pair.Value)})")).Append("])");
            text.Append("),\n");
        }

        text.Append("""
            ];
            var solutions = Array.ConvertAll(runs, run => system.Solve(system.Complete(run.Method, run.Setting)));
            var figure = system.Draw(solutions); // as the page shows it
            Console.WriteLine(DisplayNumber.Plain(figure.Title));
            foreach (var solution in solutions)
                Console.WriteLine($"{solution.Method}: {solution.Observables[1].Name} = {solution.Observables[1].Values[^1]} at {solution.Axis.Name} = {solution.Axis.Values[^1]}");

            """.ReplaceLineEndings("\n"));
        return text.ToString();
    }

    /// <summary>A value as it stands in a program.</summary>
    internal static string Literal(object value) => value switch
    {
        double number => Number(number),
        long whole => whole.ToString(CultureInfo.InvariantCulture) + "L",
        double[] list => "new double[] { " + string.Join(", ", list.Select(Number)) + " }",
        _ => Quoted(Setting.Format(value)),
    };

    // A literal of type double, whatever its digits.
    private static string Number(double number) => Setting.Format(number) is var digits && digits.AsSpan().ContainsAny('.', 'e') ? digits : digits + ".0";

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u0085')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }
}
