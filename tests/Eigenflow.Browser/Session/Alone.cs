namespace Eigenflow.Browser;

/// <summary>Tests that run while no other test of the page does: those that take times, and those that share what a browser has once.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
