using Eigenflow.Settings;
using Eigenflow.Systems;

namespace Eigenflow.Explorer.StaticPages;

/// <summary>What a page shows of a system of which nobody says it: sliders over the part of their ranges where curves change with them and can be mixed. A system that is not listed has the first two parameters that change its curves.</summary>
/// <param name="Sliders">Each with its values.</param>
internal sealed record PageCover(IReadOnlyList<(string Name, string Values)> Sliders)
{
    private static readonly Dictionary<string, PageCover> Covers = new(StringComparer.Ordinal)
    {
        ["phase-retrieval"] = new([("exponent", "linspace(1.2,3,19)"), ("dimension", "geomspace(1e2,1e6,9)")]),
        ["spectral-descent"] = new([("spike", "geomspace(1,1e3,13)"), ("dimension", "geomspace(10,1e6,9)")]),
        ["multiscale-double-descent"] = new([("samples", "geomspace(30,1e4,25)"), ("condition", "geomspace(1,1e3,9)")]),
        ["u-turn-double-descent"] = new([("ridge", "geomspace(1e-3,1,31)")]),
        ["multiclass-sgd"] = new([("mean-norm", "geomspace(0.3,10,25)"), ("dimension", "geomspace(100,1e6,9)")]),
        ["in-and-out-of-equilibrium"] = new([("learning-rate", "geomspace(0.001,0.03,13)"), ("batch", "2,3,4,6,8,12")]),
        ["diffusion-spectral-bias"] = new([("exponent", "linspace(0.2,3,15)"), ("dimension", "geomspace(8,2048,9)")]),
        ["rao-blackwell-diffusion"] = new([("spread", "geomspace(0.01,1,9)")]),
    };

    /// <summary>The request with what it leaves open; as it is where it names sliders, methods, or a value that would have a slider.</summary>
    public static StaticPageRequest Complete(StaticPageRequest request)
    {
        if (request.Parameters.Count + request.Axes.Count + request.Methods.Count > 0 || !Covers.TryGetValue(request.System.Id, out var cover) || cover.Sliders.Any(slider => request.Given[slider.Name] is not null))
            return request;
        return request with { Axes = [.. cover.Sliders.Select(slider => PageAxis.Typed(Known(request.System, slider.Name), slider.Values) with { IsFree = true })] };
    }

    private static Parameter Known(ISystem system, string name) => system.Parameter(name) ?? throw new ParameterException("parameters", name, "a parameter of " + system.Id);
}
