using Shouldly;
using Xunit;

namespace Eigenflow.Tests.Conformance;

/// <summary>Every parameter refuses each kind of bad value in one line that names it, the value and what is allowed.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Parameters() => TestedSystems.Parameters();

    [Theory]
    [MemberData(nameof(Parameters))]
    public void BadValuesAreRefused(string id, string name)
    {
        var system = TestedSystems.Find(id);
        var parameter = system.Parameter(name)!;
        var (method, beside) = system.Reader(name, folder.Write("rows.csv", "1,0,1\n0,2,2\n-1,1,1\n3,1,2\n"));
        var bad = parameter.Kind switch
        {
            ParameterKind.Choice => ["", "no-such-word", parameter.Choices[0] + "," + parameter.Choices[^1], parameter.Choices[0].ToUpperInvariant()],
            ParameterKind.Text => ["", "no-such-form", ":", ",", .. parameter.Forms.Where(form => form.Pattern.Contains(':', StringComparison.Ordinal)).SelectMany(form => new[] { form.Word + ":", form.Word + ":x:y:z" })],
            ParameterKind.NumberList => ["", ",", "1,", "x", "nan", "1,inf", .. Beyond(parameter), Beyond(parameter)[0] + ",1"],
            ParameterKind.Integer => ["", "x", "nan", "inf", "-inf", "1e400", "1.5", "1,2", "1e5e5", "0x10", .. Beyond(parameter)],
            _ => (string[])["", "x", "nan", "inf", "-inf", "1e400", "1,2", "1e5e5", .. Beyond(parameter)],
        };
        foreach (var value in bad.Where(value => !value.StartsWith("file:x", StringComparison.Ordinal)))
        {
            // As a text, and for numbers also as a value in code.
            var error = Should.Throw<ParameterException>(() => system.Complete(method, system.Request(method, beside).With(name, value)), $"{name} = {value}");
            error.Parameter.ShouldBe(name, $"{name} = {value}: {error.Message}");
            error.Message.ShouldStartWith($"{name} = ");
            error.Message.ShouldContain(" is not allowed: it must be ");
            error.Message.ShouldNotContain("\n");
            if (parameter.Kind is ParameterKind.Number or ParameterKind.Integer or ParameterKind.NumberList)
                error.Message.ShouldMatch(@">=? [-\d.e]+ and <=? [-\d.e]+", "both ends of the range");
            error.Message.ShouldContain(value.Length == 0 ? "(nothing)" : value, customMessage: "it names the value");
        }

        if (parameter.Kind is ParameterKind.Number or ParameterKind.Integer)
        {
            foreach (var value in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
                Should.Throw<ParameterException>(() => system.Complete(method, system.Request(method, beside).With(name, value))).Parameter.ShouldBe(name);
            double.IsFinite(parameter.Minimum).ShouldBeTrue();
            double.IsFinite(parameter.Maximum).ShouldBeTrue();
            foreach (var end in (double?[])[parameter.MinimumIsOpen ? null : parameter.Minimum, parameter.MaximumIsOpen ? null : parameter.Maximum])
            {
                if (end is { } allowed)
                    _ = parameter.Parse(Setting.Format(allowed));
            }
        }

        foreach (var form in parameter.Forms.Where(form => form.Pattern.StartsWith("file:", StringComparison.Ordinal)))
        {
            var error = Should.Throw<InputFileException>(() => system.Complete(method, system.Request(method, beside).With(name, "file:" + folder.Path("none.csv"))));
            error.Message.ShouldContain("none.csv");
            error.Message.ShouldNotContain("\n");
        }
    }

    public void Dispose() => folder.Dispose();

    private static string[] Beyond(Parameter parameter) =>
    [
        Setting.Format(parameter.MinimumIsOpen ? parameter.Minimum : parameter.Minimum - Math.Max(1, Math.Abs(parameter.Minimum))),
        Setting.Format(parameter.MaximumIsOpen ? parameter.Maximum : (10 * parameter.Maximum) + 10),
    ];
}
