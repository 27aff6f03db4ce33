using Eigenflow.Settings;

namespace Eigenflow.Systems;

/// <summary>All systems of the library. Adding a system is adding its folder and one line here.</summary>
public static class SystemCatalog
{
    private static readonly ISystem[] Own =
    [
        new PhaseRetrieval.PhaseRetrievalSystem(),
        new SpectralDescent.SpectralDescentSystem(),
        new FunctionalScalingLaw.FunctionalScalingLawSystem(),
        new ScalingRenormalization.ScalingRenormalizationSystem(),
        new MultiscaleDoubleDescent.MultiscaleSystem(),
        new UTurnDoubleDescent.UTurnSystem(),
        new MultiClassSgd.MultiClassSgdSystem(),
        new QuadraticParameterization.QuadraticParameterizationSystem(),
        new ScalingCollapse.ScalingCollapseSystem(),
        new InAndOutOfEquilibrium.InAndOutOfEquilibriumSystem(),
        new DiffusionSpectralBias.DiffusionSpectralBiasSystem(),
        new RaoBlackwellDiffusion.RaoBlackwellDiffusionSystem(),
    ];

    // Systems of one flow of control alone, such as a test that runs the command line.
    private static readonly AsyncLocal<ISystem[]?> Guests = new();

    /// <summary>The systems, in the order of lists.</summary>
    public static IReadOnlyList<ISystem> All => Guests.Value is { } guests ? [.. Own, .. guests] : Own;

    /// <summary>Finds a system.</summary>
    /// <param name="id">Its identifier, such as <c>phase-retrieval</c>.</param>
    /// <exception cref="ParameterException">There is no such system.</exception>
    public static ISystem Find(string id) =>
        All.FirstOrDefault(system => string.Equals(system.Id, id, StringComparison.Ordinal))
        ?? throw new ParameterException(
            "system", id, "one of " + string.Join(", ", All.Select(system => system.Id)), Suggestion.For(id, All.Select(system => system.Id)));

    /// <summary>Adds systems for the flow of control that calls this, and what it starts.</summary>
    /// <param name="guests">The systems.</param>
    internal static void Invite(params ISystem[] guests) => Guests.Value = guests;
}
