using System.Globalization;
using Eigenflow.Data;
using Eigenflow.Settings;

namespace Eigenflow.Spectra;

/// <summary>The forms in which a spectrum can be written. A system says which it allows.</summary>
[Flags]
internal enum SpectrumForms
{
    /// <summary><c>power-law</c>, with the exponent and the dimension as parameters of their own.</summary>
    PowerLaw = 1,

    /// <summary><c>isotropic</c>.</summary>
    Isotropic = 2,

    /// <summary><c>spiked</c>, with the strength as a parameter of its own.</summary>
    Spike = 4,

    /// <summary><c>spiked:COUNT:STRENGTH</c>.</summary>
    Spikes = 8,

    /// <summary><c>zero-one:RANK</c>.</summary>
    ZeroOne = 16,

    /// <summary><c>list:VALUE,VALUExCOUNT,…</c>.</summary>
    List = 32,

    /// <summary><c>file:PATH</c>.</summary>
    File = 64,

    /// <summary><c>two-scale</c>, with the number of fast directions and the condition number as parameters of their own.</summary>
    TwoScale = 128,

    /// <summary><c>scales</c>, with values and multiplicities as parameters of their own.</summary>
    Scales = 256,

    /// <summary><c>identity</c>: eigenvalues one, where isotropic ones have trace one.</summary>
    Identity = 512,

    /// <summary><c>zero-one:FRACTION</c> of zeros.</summary>
    ZeroOneFraction = 1024,

    /// <summary><c>exponential:RATE</c>.</summary>
    Exponential = 65536,

    /// <summary><c>log-normal:DEVIATION</c> of the logarithm.</summary>
    LogNormal = 131072,

    /// <summary><c>autocovariance:LENGTH</c> of a stationary field.</summary>
    Autocovariance = 262144,
}

/// <summary>A spectrum as it was written.</summary>
internal sealed record SpectrumForm
{
    private const long MostListed = 10_000_000;
    private const string ListForm = "list:VALUE,VALUExCOUNT,… with finite numbers, such as list:4,1x98";

    private static readonly (SpectrumForms Form, TextForm Text)[] Texts =
    [
        (SpectrumForms.TwoScale, TextForm.Of("two-scale")), (SpectrumForms.Scales, TextForm.Of("scales")), (SpectrumForms.Spike, TextForm.Of("spiked")), (SpectrumForms.PowerLaw, TextForm.Of("power-law")), (SpectrumForms.Isotropic, TextForm.Of("isotropic")),
        (SpectrumForms.Spikes, TextForm.Of("spiked:COUNT:STRENGTH")), (SpectrumForms.ZeroOne, TextForm.Of("zero-one:RANK")), (SpectrumForms.List, TextForm.List("list:VALUE,VALUExCOUNT,…")), (SpectrumForms.File, TextForm.File),
        (SpectrumForms.Identity, TextForm.Of("identity")), (SpectrumForms.ZeroOneFraction, TextForm.Of("zero-one:FRACTION")),
        (SpectrumForms.Exponential, TextForm.Of("exponential:RATE")), (SpectrumForms.LogNormal, TextForm.Of("log-normal:DEVIATION")), (SpectrumForms.Autocovariance, TextForm.Of("autocovariance:LENGTH")),
    ];

    /// <summary>What was written.</summary>
    public required string Text { get; init; }

    /// <summary>Its form.</summary>
    public required SpectrumForms Form { get; init; }

    /// <summary>The number of spikes, or the rank.</summary>
    public long Count { get; init; }

    /// <summary>The strength of the spikes, the fraction of the zeros, or the number of a law.</summary>
    public double Strength { get; init; }

    /// <summary>The listed values.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>How often each listed value stands for an eigenvalue.</summary>
    public IReadOnlyList<long> Multiplicities { get; init; } = [];

    /// <summary>The file.</summary>
    public string? Path { get; init; }

    /// <summary>Declares the parameter <c>spectrum</c>.</summary>
    /// <param name="symbol">Symbol of an eigenvalue.</param>
    /// <param name="value">Default.</param>
    /// <param name="help">One sentence.</param>
    /// <param name="allowed">The forms that the system allows.</param>
    /// <param name="examples">Examples.</param>
    public static Parameter<SpectrumForm> Parameter(string symbol, string value, string help, SpectrumForms allowed, params IReadOnlyList<string> examples)
    {
        TextForm[] forms = [.. Texts.Where(pair => allowed.HasFlag(pair.Form)).Select(pair => pair.Text)];
        return Settings.Parameter.Text("spectrum", symbol, value, help, forms, text => Read(text, allowed, forms), form => form.Text) with { Examples = examples };
    }

    /// <summary>The eigenvalues one by one where they are listed or in a file, otherwise null.</summary>
    /// <exception cref="EigenflowException">A file that cannot be used, or a list of too many eigenvalues.</exception>
    public double[]? Explicit()
    {
        if (Path is { } path)
            return SpectralModes.Read(path).Eigenvalues;
        if (Form != SpectrumForms.List)
            return null;
        if (Multiplicities.Sum(count => (double)count) > MostListed)
            throw new ParameterException("spectrum", Text, "at most 1e7 eigenvalues, counted one by one");
        return [.. Values.Zip(Multiplicities).SelectMany(pair => Enumerable.Repeat(pair.First, (int)pair.Second))];
    }

    /// <summary>The eigenvalues one by one in descending order with the target power of each, as the second column of the file has it (null where there is none); null where they are neither listed nor in a file.</summary>
    /// <exception cref="EigenflowException">As <see cref="Explicit"/>.</exception>
    public SpectralModes? Modes() => (Path is { } path ? SpectralModes.Read(path) : Explicit() is { } values ? new SpectralModes(values, null) : null)?.Descending();

    private static SpectrumForm Read(string text, SpectrumForms allowed, TextForm[] forms)
    {
        var parts = text.Split(':');
        SpectrumForm? form = parts[0] switch
        {
            "two-scale" when parts.Length == 1 => new() { Text = text, Form = SpectrumForms.TwoScale },
            "scales" when parts.Length == 1 => new() { Text = text, Form = SpectrumForms.Scales },
            "power-law" when parts.Length == 1 => new() { Text = text, Form = SpectrumForms.PowerLaw },
            "identity" when parts.Length == 1 => new() { Text = text, Form = SpectrumForms.Identity },
            "isotropic" when parts.Length == 1 => new() { Text = text, Form = SpectrumForms.Isotropic },
            "spiked" when parts.Length == 1 => new() { Text = text, Form = SpectrumForms.Spike },
            "spiked" when parts.Length == 3 && TextForm.Whole(parts[1]) is { } count && TextForm.Real(parts[2]) is { } strength => new() { Text = text, Form = SpectrumForms.Spikes, Count = count, Strength = strength },
            "zero-one" when allowed.HasFlag(SpectrumForms.ZeroOneFraction) && parts.Length == 2 && TextForm.Real(parts[1]) is >= 0 and <= 1 and var fraction => new() { Text = text, Form = SpectrumForms.ZeroOneFraction, Strength = fraction },
            "zero-one" when parts.Length == 2 && TextForm.Whole(parts[1]) is { } rank => new() { Text = text, Form = SpectrumForms.ZeroOne, Count = rank },
            "exponential" when parts.Length == 2 && TextForm.Real(parts[1]) is >= 0 and <= 1e6 and var rate => new() { Text = text, Form = SpectrumForms.Exponential, Strength = rate },
            "log-normal" when parts.Length == 2 && TextForm.Real(parts[1]) is >= 0 and <= 20 and var deviation => new() { Text = text, Form = SpectrumForms.LogNormal, Strength = deviation },
            "autocovariance" when parts.Length == 2 && TextForm.Real(parts[1]) is > 0 and <= 1e9 and var length => new() { Text = text, Form = SpectrumForms.Autocovariance, Strength = length },
            "list" when parts.Length == 2 && allowed.HasFlag(SpectrumForms.List) => List(text, parts[1]),
            _ when TextForm.PathOf(text) is { } path => new() { Text = text, Form = SpectrumForms.File, Path = path },
            _ => null,
        };
        return form is not null && allowed.HasFlag(form.Form)
            ? form
            : throw new ParameterException("spectrum", text, string.Join(", ", forms.SkipLast(1)) + " or " + forms[^1], Suggestion.For(parts[0], forms.Select(candidate => candidate.Word)));
    }

    private static SpectrumForm List(string text, string items)
    {
        var values = new List<double>();
        var counts = new List<long>();
        foreach (var item in items.Split(','))
        {
            var pair = item.Split('x');
            if (pair.Length > 2 || TextForm.Real(pair[0]) is not { } value || (pair.Length == 2 && TextForm.Whole(pair[1]) is null))
                throw new ParameterException("spectrum", text, ListForm);
            values.Add(value);
            counts.Add(pair.Length == 2 ? TextForm.Whole(pair[1])!.Value : 1);
        }

        if (counts.Find(count => count < 1) is var wrong && counts.Exists(count => count < 1))
            throw new ParameterException("spectrum", wrong.ToString(CultureInfo.InvariantCulture), "multiplicities >= 1");
        return new() { Text = text, Form = SpectrumForms.List, Values = values, Multiplicities = counts };
    }
}
